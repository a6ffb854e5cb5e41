import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { idSchema } from './ids.ts';
import { filmSchema } from './library.ts';

const filmVersionSchema = z.object({
  /** `current` is the film as it is shown, `earlier` what it was, `waiting` what takes its place when it is passed. */
  role: z.enum(['current', 'earlier', 'waiting']),
  revision: idSchema.optional(),
  /** Whether a channel shows it, will show it, or gives it as catch-up; absent where this server does not know. */
  isOnChannels: z.boolean().optional(),
  /** What is new about one that waits. */
  change: z.enum(['file', 'encode', 'tracks']).optional(),
  /** One that waits, as a film of its own. */
  film: filmSchema.optional(),
});
export type FilmVersion = z.infer<typeof filmVersionSchema>;

export const filmVersions = {
  listFilmVersions: endpoint({
    method: 'GET',
    path: '/api/films/:id/versions',
    who: 'preview-film',
    summary:
      'Versions of a film: the one that is shown, earlier ones that channels may show still, and those that wait for their review. Another file is uploaded by tus with the metadata `replaces`.',
    params: z.strictObject({ id: idSchema }),
    reply: z.object({ items: z.array(filmVersionSchema) }),
  }),
};
