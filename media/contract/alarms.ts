import { z } from 'zod';
import { filmStateSchema } from '../film/film-state.ts';
import { atMsSchema, endpoint } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';

/** A published item whose film is missing: one row an item and step of the ladder, closed by itself (media/plan/alarm-ladder.ts). */
export const alarmSchema = z.object({
  id: z.string(),
  channel: codeSchema,
  itemId: z.string(),
  /** 24 h, 2 h or 15 min before its time, or its time has begun. */
  stage: z.enum(['day', 'two-hours', 'quarter', 'missed']),
  /** Township or village whose own item it is; the channel's where absent. */
  place: codeSchema.optional(),
  /** What was planned. */
  title: z.string(),
  filmId: idSchema,
  /** Absent where the library knows no such film. */
  filmState: filmStateSchema.optional(),
  startAtMs: atMsSchema,
  endAtMs: atMsSchema,
  /** The alternate that airs instead; absent where fillers or slate do. */
  airs: z.string().optional(),
  openedAtMs: atMsSchema,
  /** Present once the cause is gone or the time of the item is over. */
  closedAtMs: atMsSchema.optional(),
});
export type AlarmView = z.infer<typeof alarmSchema>;

export const alarms = {
  listAlarms: endpoint({
    method: 'GET',
    path: '/api/alarms',
    who: 'read-alarms',
    summary:
      'Published items whose film is missing: the open alarms, or with `state=all` those of the last 100 days too.',
    query: z.strictObject({ state: z.enum(['open', 'all']).optional() }),
    reply: z.object({ items: z.array(alarmSchema), serverAtMs: atMsSchema }),
  }),
};
