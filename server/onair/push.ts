import { Gauge, type Registry } from 'prom-client';
import type { ChannelNews } from '../../media/contract/duty.ts';
import { listedToCell } from '../../media/channel/live-window.ts';
import { cellAt, cellStartAtMs } from '../../media/grid/cell.ts';
import { endCell } from '../../media/grid/span.ts';
import { spansBetween } from '../../media/plan/timeline-spans.ts';
import { AppError } from '../errors.ts';
import type { Listener } from '../http/event-stream.ts';
import { openCut } from './interruption.ts';
import type { ChannelOnAir } from './channel-on-air.ts';
import type { OnAir } from './on-air.ts';

/** Players that are told at once what changes on their channel. */
export interface Push {
  /** Adds a player: it is told what holds now unless it knows (`lastSeq`), and every change from then on. Gives the way out. */
  readonly join: (seen: SeenChannel, lastSeq: number | undefined, listener: Listener) => () => void;
  /** Throws 503 where this server holds as many players as it may; another replica takes them. */
  readonly requireRoom: () => void;
  /** Players of a channel on this server. */
  readonly count: (channel: string) => number;
  /** Ends every stream, so that a server that stops is not held up. */
  readonly close: () => void;
}

/** A channel as the player of a place sees it. */
export interface SeenChannel {
  readonly channel: string;
  /** The whole channel where absent. */
  readonly place: string | undefined;
}

const mostPlayers = 5000;

/** What a player must know of its channel at an instant: what its picture may not show, and what displaces the plan. */
export function newsOf({ head, document }: ChannelOnAir, atMs: number): ChannelNews {
  const { timeline, interruptions = [] } = document;
  const cut = openCut(interruptions);
  const insertion = interruptions
    .filter(({ kind, toCell = 0 }) => kind === 'insertion' && toCell > cellAt(atMs) && cut === undefined)
    .at(-1);
  const listed = spansBetween(timeline, cellAt(atMs), listedToCell(atMs) + 1);
  const gone = listed.filter(({ revision }) => timeline.withdrawn.includes(revision)).at(-1);
  return {
    seq: head.seq,
    serverAtMs: atMs,
    ...(cut === undefined ? {} : { cut: { drill: cut.drill, sinceAtMs: cellStartAtMs(cut.fromCell) } }),
    ...(gone === undefined || cut !== undefined ? {} : { hiddenUntilAtMs: cellStartAtMs(endCell(gone)) }),
    ...(insertion === undefined
      ? {}
      : {
          insertion: {
            title: insertion.title ?? '',
            startAtMs: cellStartAtMs(insertion.fromCell),
            endAtMs: cellStartAtMs(insertion.toCell ?? insertion.fromCell),
          },
        }),
  };
}

/** Makes the push of one replica; it hears of changes whenever the replica does. */
export function createPush(
  onAir: Pick<OnAir, 'find' | 'seenFrom' | 'onLearnt'>,
  clock: () => number,
  metrics: Registry,
): Push {
  const players = new Map<string, Map<Listener, string | undefined>>();
  const told = new Map<string, number>();
  const all = (): Listener[] => [...players.values()].flatMap((each) => [...each.keys()]);
  const tell = (channel: ChannelOnAir, listener: Listener, place: string | undefined): void =>
    listener.send({ id: channel.head.seq, name: 'news', data: newsOf(onAir.seenFrom(channel, place), clock()) });
  new Gauge({
    name: 'yuanbo_push_players',
    help: 'Players that this server tells of changes at once.',
    registers: [metrics],
    collect() {
      this.set(all().length);
    },
  });
  onAir.onLearnt.push(() => {
    for (const [code, listeners] of players) {
      const channel = onAir.find(code);
      if (channel === undefined || told.get(code) === channel.head.seq) continue;
      told.set(code, channel.head.seq);
      for (const [listener, place] of listeners) tell(channel, listener, place);
    }
  });
  return {
    join: ({ channel: code, place }, lastSeq, listener) => {
      const listeners = players.get(code) ?? new Map<Listener, string | undefined>();
      players.set(code, listeners.set(listener, place));
      const channel = onAir.find(code);
      if (channel !== undefined) {
        if (listeners.size === 1) told.set(code, channel.head.seq);
        if (lastSeq !== channel.head.seq) tell(channel, listener, place);
      }
      return () => void listeners.delete(listener);
    },
    requireRoom: () => {
      if (all().length < mostPlayers) return;
      throw new AppError('starting', 'This server looks after as many players as it can. Try another one.', {
        retryAfterS: 30,
      });
    },
    count: (code) => players.get(code)?.size ?? 0,
    close: () => {
      for (const listener of all()) listener.end();
    },
  };
}
