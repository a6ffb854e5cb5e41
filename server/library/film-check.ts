import type { z } from 'zod';
import type { filmCheckSchema } from '../../media/contract/library.ts';
import { shownMarks, type MarkThresholds } from '../../media/film/technical-check.ts';
import { AppError } from '../errors.ts';
import type { FilmRecord } from './film-record.ts';
import type { Shelf } from './shelf.ts';

type FilmCheck = z.input<typeof filmCheckSchema>;

/**
 * What was found in a film and changed about it: the conversions as soon as it is planned, the marks once it is whole. Which
 * marks are shown is asked of the county now, so that a change of its limits counts for films of last year too.
 */
export async function filmCheck(
  shelf: Pick<Shelf, 'plan' | 'manifest'>,
  { revision }: FilmRecord,
  limits: MarkThresholds,
): Promise<FilmCheck> {
  const manifest = revision === undefined ? undefined : await shelf.manifest(revision);
  if (manifest !== undefined) {
    const { conversions, marks, loudness, channelReady } = manifest;
    return {
      conversions,
      marks: [...shownMarks(marks, limits)],
      loudness,
      isChannelReady: channelReady !== undefined,
      ...(channelReady === undefined ? {} : { channelReady }),
    };
  }
  const plan = revision === undefined ? undefined : await shelf.plan(revision);
  if (plan === undefined) throw new AppError('not_ready', 'This film was not looked at yet. Try again in a minute.');
  return { conversions: plan.conversions, marks: [] };
}
