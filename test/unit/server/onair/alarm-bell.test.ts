import { pino } from 'pino';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../../media/plan/alarm-ladder.ts';
import type { StreamEvent } from '../../../../server/http/event-stream.ts';
import { alarmBell } from '../../../../server/onair/alarm-bell.ts';
import type { AlarmStore } from '../../../../server/onair/alarm-store.ts';

const alarm: Alarm = { itemId: 'a', stage: 'day', title: 'Lesson', filmId: 'f', startAtMs: 2000, endAtMs: 4000 };

describe('the bell of late films', () => {
  it('writes and tells consoles what changed, and nothing while it is what it was', async () => {
    const synced: (readonly Alarm[])[] = [];
    const alarms: AlarmStore = {
      sync: (_channel, standing) => {
        synced.push(standing);
        return Promise.resolve({ opened: [], closed: [] });
      },
      list: () => Promise.resolve([]),
    };
    const bell = alarmBell({ alarms, log: pino({ level: 'silent' }), metrics: new Registry() });
    const heard: StreamEvent[] = [];
    const leave = bell.join({ send: (event) => heard.push(event), end: () => undefined });
    await bell.ring('county', [alarm], 1000);
    await bell.ring('county', [alarm], 1500);
    await bell.ring('county', [alarm, { ...alarm, stage: 'missed' }], 2000);
    leave();
    await bell.ring('county', [], 4000);
    expect(synced.map(({ length }) => length)).toEqual([1, 2, 0]);
    // Two steps of one item are one late item; without an id a player keeps the number of its last news.
    expect(heard).toEqual([0, 1, 1].map((open) => ({ name: 'alarms', data: { open } })));
  });
});
