import { failureText, type FilmProblemCode, type ProblemValues } from '../../media/film/film-problem-text.ts';
import type { RunOutcome } from './guarded-run.ts';

/**
 * A job that cannot go on. `aboutFilm` causes are verdicts on the source (the film is refused); the others are troubles of
 * this machine (the job may be tried again). The message is what `problemOfFailure` reads.
 */
export class TranscodeFailure extends Error {
  readonly code: FilmProblemCode;
  readonly values: ProblemValues;
  constructor(code: FilmProblemCode, values: ProblemValues = {}, cause?: unknown) {
    super(failureText(code, values), { cause });
    this.code = code;
    this.values = values;
  }
}

/** Last line of a log that says something, without addresses of memory, short enough for a person. */
export const lastWords = (log: string): string =>
  (
    log
      .trim()
      .split('\n')
      .filter((line) => !line.includes('Last message repeated'))
      .at(-1) ?? ''
  )
    .replace(/\[[^\]]*@ 0x[0-9a-f]+\]\s*/g, '')
    .slice(0, 200);

/** Says why a run that did not exit with 0 failed; undefined when it exited with 0, which alone proves nothing. */
export function failureOf({ end, code, signal, log }: RunOutcome): TranscodeFailure | undefined {
  if (/No space left on device/.test(log)) return new TranscodeFailure('no_space');
  if (end === 'aborted') return new TranscodeFailure('cancelled');
  if (end === 'stalled') return new TranscodeFailure('encoder_stalled');
  if (end === 'too_long') return new TranscodeFailure('limit_exceeded', { limit: 'time' });
  if (end === 'not_started') return new TranscodeFailure('encoder_failed', { reason: lastWords(log) });
  if (signal === 'SIGXFSZ' || code === 153) return new TranscodeFailure('limit_exceeded', { limit: 'bytes' });
  if (signal === 'SIGXCPU') return new TranscodeFailure('limit_exceeded', { limit: 'CPU' });
  if (/Cannot allocate memory/.test(log)) return new TranscodeFailure('encoder_failed', { reason: 'out of memory' });
  if (signal !== null) return new TranscodeFailure('encoder_failed', { reason: signal });
  if (code !== 0) return new TranscodeFailure('encoder_failed', { reason: lastWords(log) });
  return undefined;
}
