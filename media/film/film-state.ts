import { z } from 'zod';

/** States of a film, in the order a film passes through them (contract.md, `GET /api/films/{id}`). */
export const filmStates = [
  'uploading',
  'probing',
  'queued',
  'encoding',
  'checking',
  'review',
  'ready',
  'refused',
  'failed',
  'withdrawn',
] as const;
export const filmStateSchema = z.enum(filmStates);
export type FilmState = z.infer<typeof filmStateSchema>;

/**
 * Legal moves: whatever is not listed here answers 409 `wrong_state`.
 * `refused` is about the film's bytes or its reviewer's verdict, `failed` about our machines; both can be retried.
 */
const moves: Readonly<Record<FilmState, readonly FilmState[]>> = {
  uploading: ['probing', 'refused', 'failed'],
  probing: ['queued', 'review', 'refused', 'failed'],
  queued: ['probing', 'encoding', 'checking', 'review', 'refused', 'failed', 'withdrawn'],
  encoding: ['probing', 'checking', 'queued', 'review', 'refused', 'failed', 'withdrawn'],
  checking: ['probing', 'review', 'queued', 'refused', 'failed', 'withdrawn'],
  review: ['ready', 'refused', 'withdrawn', 'probing'],
  ready: ['withdrawn', 'review', 'probing'],
  refused: ['probing', 'review'],
  failed: ['probing', 'queued', 'review'],
  // Its files are made again where they were damaged.
  withdrawn: ['review', 'probing'],
};

/** Says whether a film may go from one state to another. */
export const mayMove = (from: FilmState, to: FilmState): boolean => moves[from].includes(to);
