import { z } from 'zod';
import { Long } from 'mongodb';
import { answer, defineCommand } from './command.ts';
import { harmless, wireCount, wireCursorId } from './wire-fields.ts';

/** `getMore`: the next batch of a cursor. */
export const getMore = defineCommand(
  'read',
  z.strictObject({ getMore: wireCursorId, collection: z.string(), batchSize: wireCount.default(0), ...harmless }),
  ({ database }, { getMore: id, batchSize }) => ({
    batch: database.cursors.next(id, batchSize === 0 ? 1000 : batchSize),
  }),
);

/** `killCursors`: closes cursors that the client will not read to the end. */
export const killCursors = defineCommand(
  'read',
  z.strictObject({ killCursors: z.string(), cursors: z.array(wireCursorId), ...harmless }),
  ({ database }, { cursors }) => {
    const closed = cursors.filter((id) => database.cursors.close(id));
    const ids = (list: readonly bigint[]): Long[] => list.map((id) => Long.fromBigInt(id));
    return answer({
      cursorsKilled: ids(closed),
      cursorsNotFound: ids(cursors.filter((id) => !closed.includes(id))),
      cursorsAlive: [],
      cursorsUnknown: [],
    });
  },
);
