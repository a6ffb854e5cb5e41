import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';
import { channelTroubles, type ChannelTrouble } from '../../media/contract/status.ts';

/** What keeps channels from being looked after as they should be, as far as this server process has met it. */
export interface UpkeepBook {
  /** Says whether a trouble stands now; the log hears of it when that changes. */
  readonly note: (channel: string, trouble: ChannelTrouble, stands: boolean) => void;
  /** What stands on a channel, in the order of the table of troubles. */
  readonly of: (channel: string) => readonly ChannelTrouble[];
}

const said: Readonly<Record<ChannelTrouble, string>> = {
  'slow-upkeep': 'a withdrawn or late film, a new slate or a cut could not be worked out in time and waits',
  'slow-cards': 'the cards in gaps could not be worked out in time and wait',
  'many-cards': 'more cards are wanted in gaps than are made at a time; the later ones wait',
};

/** A book with nothing in it. */
export function upkeepBook({ log, metrics }: { readonly log: Logger; readonly metrics: Registry }): UpkeepBook {
  const standing = new Map<string, ReadonlySet<ChannelTrouble>>();
  const standingOn = (channel: string): ReadonlySet<ChannelTrouble> => standing.get(channel) ?? new Set();
  new Gauge({
    name: 'yuanbo_channel_troubles',
    help: 'What keeps a channel from being looked after on this server: 1 while it stands.',
    labelNames: ['channel', 'trouble'],
    registers: [metrics],
    collect() {
      this.reset();
      for (const [channel, known] of standing) {
        for (const trouble of channelTroubles) this.set({ channel, trouble }, Number(known.has(trouble)));
      }
    },
  });
  return {
    note: (channel, trouble, stands) => {
      const known = standingOn(channel);
      if (known.has(trouble) === stands) return;
      const others = [...known].filter((each) => each !== trouble);
      standing.set(channel, new Set(stands ? [...others, trouble] : others));
      if (stands) log.warn({ channel, trouble }, said[trouble]);
      else log.info({ channel, trouble }, `over: ${said[trouble]}`);
    },
    of: (channel) => channelTroubles.filter((trouble) => standingOn(channel).has(trouble)),
  };
}
