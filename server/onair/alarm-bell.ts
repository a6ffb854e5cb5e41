import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';
import { alarmLadder, type Alarm } from '../../media/plan/alarm-ladder.ts';
import type { Listener } from '../http/event-stream.ts';
import type { AlarmStore } from './alarm-store.ts';

/** Tells of alarms: a log line and a row when one opens or closes, a metric, and a push to the consoles that listen. */
export interface AlarmBell {
  /** Takes what stands on a channel now; does nothing where that is what it was. */
  readonly ring: (channel: string, standing: readonly Alarm[], atMs: number) => Promise<void>;
  /** Adds a console: it hears how many alarms stand, and whenever that changes. Gives the way out. */
  readonly join: (listener: Listener) => () => void;
}

export function alarmBell(parts: {
  readonly alarms: AlarmStore;
  readonly log: Logger;
  readonly metrics: Registry;
}): AlarmBell {
  const { alarms, log, metrics } = parts;
  const heard = new Map<string, string>();
  const standingOf = new Map<string, readonly Alarm[]>();
  const consoles = new Set<Listener>();
  const news = () => {
    const items = [...standingOf].flatMap(([channel, standing]) =>
      standing.map(({ itemId }) => `${channel}/${itemId}`),
    );
    return { name: 'alarms', data: { open: new Set(items).size } };
  };
  new Gauge({
    name: 'yuanbo_late_films',
    help: 'Published items whose film is missing, by channel and step of the alarm ladder.',
    labelNames: ['channel', 'stage'],
    registers: [metrics],
    collect() {
      this.reset();
      for (const [channel, standing] of standingOf) {
        for (const { stage } of alarmLadder) {
          this.set({ channel, stage }, standing.filter((alarm) => alarm.stage === stage).length);
        }
      }
    },
  });
  return {
    ring: async (channel, standing, atMs) => {
      const gist = JSON.stringify(standing);
      if (heard.get(channel) === gist) return;
      const { opened, closed } = await alarms.sync(channel, standing, atMs);
      for (const alarm of opened) log.warn({ alarm }, `late film: ${alarm.title} (${alarm.stage})`);
      for (const alarm of closed) log.info({ alarm }, `late film: ${alarm.title} (${alarm.stage}) is over`);
      heard.set(channel, gist);
      standingOf.set(channel, standing);
      for (const listener of consoles) listener.send(news());
    },
    join: (listener) => {
      consoles.add(listener);
      listener.send(news());
      return () => void consoles.delete(listener);
    },
  };
}
