import { z } from 'zod';
import { filmStateSchema } from '../film/film-state.ts';
import { endpoint } from './endpoint.ts';
import { filmSchema } from './library.ts';

/** Things of the office whose changes are told. */
export const newsNouns = [
  'film',
  'plan',
  'channel',
  'alarm',
  'queue',
  'place',
  'category',
  'user',
  'session',
  'settings',
  'day-template',
  'season',
] as const;
export type NewsNoun = (typeof newsNouns)[number];

/** Data of an event `changed`: one thing that is no longer as it was, or all of its kind where no `id` is told. */
export const changedSchema = z.object({
  noun: z.enum(newsNouns),
  id: z.string().optional(),
  /** Where a film stands now, so that nobody has to ask while it moves. */
  state: filmStateSchema.optional(),
  progress: filmSchema.shape.progress,
});
export type Changed = z.infer<typeof changedSchema>;

/** Position in the news: what `Last-Event-ID` and `after` take. */
export const newsIdSchema = z.string().regex(/^\d{1,15}-\d{1,15}$/, 'Give the id of an event, as in 1795737600000-0.');

export const news = {
  readNews: endpoint({
    method: 'GET',
    path: '/api/news',
    who: 'signed-in',
    summary:
      'Server-sent events: `changed` names a thing that changed and that the caller may see; `all` says to read everything again, first and wherever some were missed. `after`, or `Last-Event-ID`, goes on behind an event.',
    query: z.strictObject({ after: newsIdSchema.optional() }),
    isFile: true,
  }),
};
