import type { AlarmView } from '../../media/contract/alarms.ts';
import { codeSchema, idSchema } from '../../media/contract/ids.ts';
import { cellAt } from '../../media/grid/cell.ts';
import type { Alarm } from '../../media/plan/alarm-ladder.ts';
import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { alarmModel, type AlarmRow } from './alarm-model.ts';

/** What writing the alarms of a channel down came to: rows that this replica opened or closed, and no other one. */
export interface AlarmChange {
  readonly opened: readonly AlarmView[];
  readonly closed: readonly AlarmView[];
}

/** Alarms of channels; which stand is computed, here is only since when. */
export interface AlarmStore {
  /** Makes the open rows of a channel those that stand now. */
  sync(channel: string, standing: readonly Alarm[], atMs: number): Promise<AlarmChange>;
  /** Newest start first. */
  list(which: 'open' | 'all'): Promise<readonly AlarmView[]>;
}

const mostListed = 500;
const keyOf = (channel: string, { itemId, startAtMs, stage }: Alarm): string =>
  `${channel}/${itemId}/${cellAt(startAtMs)}/${stage}`;

export function alarmStore(database: Database): AlarmStore {
  const rows = alarmModel(database);
  /** Opens a row; false where another replica did. */
  const open = async (row: AlarmRow): Promise<boolean> => {
    try {
      await rows.create(row);
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return (await rows.replaceOne({ _id: row._id, isOpen: false }, row)).matchedCount === 1;
  };
  return {
    sync: async (channel, standing, atMs) => {
      const known = new Map((await rows.find({ channel, isOpen: true }).lean()).map((row) => [row._id, row]));
      const [opened, closed]: [AlarmView[], AlarmView[]] = [[], []];
      for (const alarm of standing) {
        const _id = keyOf(channel, alarm);
        const before = known.get(_id);
        known.delete(_id);
        const row = rowOf(_id, channel, alarm, before?.openedAtMs ?? atMs);
        if (before === undefined) {
          if (await open(row)) opened.push(alarmOf(row));
        } else if (before.airs !== row.airs || before.filmState !== row.filmState) {
          await rows.replaceOne({ _id, isOpen: true }, row);
        }
      }
      for (const row of known.values()) {
        const end = { $set: { isOpen: false, closedAtMs: atMs } };
        const { matchedCount } = await rows.updateOne({ _id: row._id, isOpen: true }, end);
        if (matchedCount === 1) closed.push(alarmOf({ ...row, closedAtMs: atMs }));
      }
      return { opened, closed };
    },
    list: async (which) => {
      const found = rows.find(which === 'open' ? { isOpen: true } : {}).sort({ startAtMs: -1 });
      return (await found.limit(mostListed).lean()).map(alarmOf);
    },
  };
}

function rowOf(_id: string, channel: string, alarm: Alarm, openedAtMs: number): AlarmRow {
  const filmId = idSchema.parse(alarm.filmId);
  return { _id, channel, ...alarm, filmId, openedAtMs, isOpen: true, at: new Date(alarm.startAtMs) };
}

function alarmOf(row: AlarmRow): AlarmView {
  const { _id, channel, itemId, stage, title, startAtMs, endAtMs, openedAtMs } = row;
  const { place, filmId, filmState, airs, closedAtMs } = row;
  return {
    ...{ id: _id, channel, itemId, stage, title, filmId: idSchema.parse(filmId), startAtMs, endAtMs, openedAtMs },
    ...(place === undefined ? {} : { place: codeSchema.parse(place) }),
    ...(filmState === undefined ? {} : { filmState }),
    ...(airs === undefined ? {} : { airs }),
    ...(closedAtMs === undefined ? {} : { closedAtMs }),
  };
}
