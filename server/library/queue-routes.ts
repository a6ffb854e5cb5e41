import { auditedBy } from '../audit/audited-by.ts';
import type { Routes } from '../http/serve.ts';
import { bumped, bumpFilm, cancelled, cancelFilm, paused, pauseFilm, resumed, resumeFilm } from './hold-film.ts';
import { holdQueue } from './hold-queue.ts';
import { readQueue } from './read-queue.ts';
import { allowed, type LibraryRouteParts, shown } from './routes.ts';

type QueueEndpoints =
  'readQueue' | 'pauseQueue' | 'resumeQueue' | 'bumpFilm' | 'cancelFilm' | 'pauseFilm' | 'resumeFilm';

/** Handlers of the encode queue. What is done is written down before it is done, and only if it may be done. */
export const queueRoutes = (parts: LibraryRouteParts): Routes<QueueEndpoints> => ({
  readQueue: (call) => readQueue(parts, call.atMs),
  pauseQueue: async (call) => {
    await parts.audit.write(auditedBy(call, 'queue.pause', 'queue'));
    await parts.queuePause.set({ by: call.caller.name, atMs: call.atMs });
    await holdQueue(parts);
    return { paused: true };
  },
  resumeQueue: async (call) => {
    await parts.audit.write(auditedBy(call, 'queue.resume', 'queue'));
    await parts.queuePause.clear();
    await holdQueue(parts);
    return { paused: false };
  },
  bumpFilm: async (call) => {
    const film = await allowed(parts, call, 'manage-queue');
    bumped(film, call.atMs);
    await parts.audit.write(auditedBy(call, 'film.bump', `film/${film.id}`, film.title));
    return shown(parts, call, await bumpFilm(parts, film));
  },
  cancelFilm: async (call) => {
    const film = await allowed(parts, call, 'retry-encode');
    cancelled(film, call.atMs);
    await parts.audit.write(auditedBy(call, 'film.cancel', `film/${film.id}`, film.state));
    return shown(parts, call, await cancelFilm(parts, film));
  },
  pauseFilm: async (call) => {
    const film = await allowed(parts, call, 'retry-encode');
    paused(film, call.atMs);
    await parts.audit.write(auditedBy(call, 'film.pause', `film/${film.id}`, film.state));
    return shown(parts, call, await pauseFilm(parts, film));
  },
  resumeFilm: async (call) => {
    const film = await allowed(parts, call, 'retry-encode');
    resumed(film);
    await parts.audit.write(auditedBy(call, 'film.resume', `film/${film.id}`, film.state));
    return shown(parts, call, await resumeFilm(parts, film));
  },
});
