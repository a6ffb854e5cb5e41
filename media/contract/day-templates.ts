import { z } from 'zod';
import { endpoint, listOf, pageQuery, personTextSchema } from './endpoint.ts';
import { idSchema } from './ids.ts';
import { planItemInputSchema } from './planning.ts';

/** Time of day on the 4 s grid, as in `19:30` or `19:30:04`; always `19:30:00` in replies. */
const clockSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'Write the time of day as 19:30.')
  .refine((clock) => Number(clock.slice(6) || 0) % 4 === 0, 'Use a whole minute, or seconds that 4 divides.')
  .transform((clock) => clock.slice(0, 5) + (clock.slice(5) || ':00'));

const lineShape = planItemInputSchema.omit({ id: true, start: true, repeat: true, filmId: true });

/** One line of a template: as of a plan, but with a time of day and no date. Whoever applies it chooses a film where there is none. */
export const templateItemSchema = lineShape
  .extend({ clock: clockSchema.optional(), filmId: idSchema.optional() })
  .refine(({ clock, startMode }) => (clock === undefined) === (startMode === 'follow'), {
    path: ['clock'],
    message: 'Give a time of day, unless the line follows the one before it.',
  });

const itemsSchema = z
  .array(templateItemSchema)
  .min(1, 'A template has at least one line.')
  .max(500, 'A template has at most 500 lines.')
  .refine(([first]) => first?.startMode !== 'follow', 'The first line needs a time of day: nothing is before it.');

export const dayTemplateSchema = z.object({
  id: idSchema,
  name: z.string(),
  version: z.number().int(),
  items: z.array(
    lineShape.extend({
      clock: z.string().optional(),
      filmId: idSchema.optional(),
      filmTitle: z.string().optional(),
      /** The film's own length. */
      filmMs: z.number().int().optional(),
    }),
  ),
});
export type DayTemplate = z.infer<typeof dayTemplateSchema>;

const byId = z.strictObject({ id: idSchema });

export const dayTemplates = {
  listDayTemplates: endpoint({
    method: 'GET',
    path: '/api/day-templates',
    who: 'read-plans',
    summary: 'Lists of items by time of day without a date, by name; all of them without `limit`.',
    query: z.strictObject(pageQuery),
    reply: listOf(dayTemplateSchema),
  }),
  createDayTemplate: endpoint({
    method: 'POST',
    path: '/api/day-templates',
    who: 'edit-day-templates',
    summary: 'Keep a list of items by time of day under a name.',
    status: 201,
    body: z.strictObject({ name: personTextSchema(60), items: itemsSchema }),
    reply: dayTemplateSchema,
  }),
  changeDayTemplate: endpoint({
    method: 'PATCH',
    path: '/api/day-templates/:id',
    who: 'edit-day-templates',
    summary: 'Rename a template or replace its lines; plans that were made from it stay as they are.',
    ifMatch: true,
    params: byId,
    body: z.strictObject({ name: personTextSchema(60).optional(), items: itemsSchema.optional() }),
    reply: dayTemplateSchema,
  }),
  deleteDayTemplate: endpoint({
    method: 'DELETE',
    path: '/api/day-templates/:id',
    who: 'edit-day-templates',
    summary: 'Delete a template that no season uses.',
    status: 204,
    params: byId,
  }),
};
