import { z } from 'zod';
import { calendarDateSchema } from './county-date.ts';
import { endpoint, listOf, pageQuery, personTextSchema } from './endpoint.ts';
import { idSchema } from './ids.ts';

const rangeSchema = z
  .strictObject({
    /** County dates, `to` exclusive. */
    from: calendarDateSchema,
    to: calendarDateSchema,
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    message: 'The last day is exclusive: choose a day after the first.',
  });

const ruleSchema = z.strictObject({
  /** 1 (Monday) to 7 (Sunday). */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1, 'Choose at least one weekday.').max(7),
  template: idSchema,
  /** Minutes by which every time of day of the template is later; negative: earlier. */
  shiftMinutes: z.number().int().min(-720).max(720).default(0),
});

const written = {
  name: personTextSchema(60),
  ranges: z.array(rangeSchema).min(1, 'A season has at least one range of days.').max(20),
  rules: z.array(ruleSchema).max(20),
};

export const seasonSchema = z.object({
  id: idSchema,
  version: z.number().int(),
  name: z.string(),
  ranges: z.array(z.object({ from: z.string(), to: z.string() })),
  rules: z.array(z.object({ weekdays: z.array(z.number()), template: idSchema, shiftMinutes: z.number() })),
});
export type Season = z.infer<typeof seasonSchema>;

const byId = z.strictObject({ id: idSchema });

export const seasons = {
  listSeasons: endpoint({
    method: 'GET',
    path: '/api/seasons',
    who: 'read-plans',
    summary:
      'Seasons of the county (busy, slack ...): ranges of days, and which templates apply on which weekdays, by name.',
    query: z.strictObject(pageQuery),
    reply: listOf(seasonSchema),
  }),
  createSeason: endpoint({
    method: 'POST',
    path: '/api/seasons',
    who: 'edit-day-templates',
    summary: 'Add a season.',
    status: 201,
    body: z.strictObject(written),
    reply: seasonSchema,
  }),
  changeSeason: endpoint({
    method: 'PATCH',
    path: '/api/seasons/:id',
    who: 'edit-day-templates',
    summary: 'Change a season; plans that were made from it stay as they are.',
    ifMatch: true,
    params: byId,
    body: z.strictObject(written).partial(),
    reply: seasonSchema,
  }),
  deleteSeason: endpoint({
    method: 'DELETE',
    path: '/api/seasons/:id',
    who: 'edit-day-templates',
    summary: 'Delete a season.',
    status: 204,
    params: byId,
  }),
};
