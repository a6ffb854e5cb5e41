import {
  codeOfTrouble,
  failureText,
  type FilmProblemCode,
  type FilmTrouble,
  type ProblemValues,
} from '../../media/film/film-problem-text.ts';
import { askedToStop, type RunOutcome } from './guarded-run.ts';

/**
 * A job that cannot go on. Some troubles are verdicts on the source (the film is refused); the others are troubles of this
 * machine (the job may be tried again). The message is what `problemOfFailure` reads.
 */
export class TranscodeFailure extends Error {
  readonly code: FilmProblemCode;
  readonly trouble: FilmTrouble;
  readonly values: ProblemValues;
  constructor(trouble: FilmTrouble, values: ProblemValues = {}, cause?: unknown) {
    super(failureText(trouble, values), { cause });
    this.code = codeOfTrouble(trouble);
    this.trouble = trouble;
    this.values = values;
  }
}

/** Throws: what was made is not what was planned. */
export const failVerification = (finding: string): never => {
  throw new TranscodeFailure('verify_failed', { finding });
};

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

/** Troubles of this machine by what ffmpeg, the loader or the system says of them; the first that fits. */
const machineTroubles: readonly (readonly [words: RegExp, trouble: FilmTrouble])[] = [
  [/No space left on device|Disk quota exceeded/, 'no_space'],
  // The loader has no memory left to map a library into, threads cannot be started, x264 gets no frame.
  [
    /Cannot allocate memory|failed to map segment|Resource temporarily unavailable|malloc of size \d+ failed/,
    'encoder_failed/out_of_memory',
  ],
  [/Too many open files|cannot open shared object file: Error 2[34]/, 'encoder_failed/too_many_files'],
  // Said by the loader, by Node, and by the guards that start it.
  [
    /error while loading shared libraries|\bENOENT\b|(?:nice|setpriv|unshare|prlimit): .*No such file/,
    'encoder_failed/not_installed',
  ],
  [/Read-only file system/, 'encoder_failed/read_only'],
  [/Permission denied|\bEACCES\b/, 'encoder_failed/no_permission'],
];

/** What an ffmpeg that was built without it says of an encoder, a filter, a format or an option. */
const partMissing =
  /Unknown (?:encoder|decoder|input format:?) '([\w-]+)'|No such filter: '([\w-]+)'|Unrecognized option '([\w:-]+)'/;

/** Names the trouble of this machine that a log tells of; undefined where it tells of none. */
export function machineTrouble(log: string): TranscodeFailure | undefined {
  const known = machineTroubles.find(([words]) => words.test(log))?.[1];
  if (known !== undefined) return new TranscodeFailure(known);
  const [, ...parts] = partMissing.exec(log) ?? [];
  const part = parts.find(Boolean);
  return part === undefined ? undefined : new TranscodeFailure('encoder_failed/part_missing', { part });
}

/** What a signal says about why a run ended that we did not end ourselves. */
function signalTrouble(signal: NodeJS.Signals): TranscodeFailure {
  if (signal === 'SIGXFSZ') return new TranscodeFailure('limit_exceeded/bytes');
  if (signal === 'SIGKILL') return new TranscodeFailure('encoder_failed/killed');
  return new TranscodeFailure('encoder_failed/crashed', { signal });
}

/** Says why a run that did not exit with 0 failed; undefined when it exited with 0, which alone proves nothing. */
export function failureOf({ end, code, signal, log }: RunOutcome): TranscodeFailure | undefined {
  const machine = machineTrouble(log);
  if (machine?.code === 'no_space') return machine;
  if (end === 'aborted') return new TranscodeFailure('cancelled');
  if (end === 'stalled') return new TranscodeFailure('encoder_stalled');
  if (end === 'too_long') return new TranscodeFailure('limit_exceeded/time');
  if (end === 'out_of_cpu') return new TranscodeFailure('limit_exceeded/cpu');
  if (end === 'exited' && code === 0) return undefined;
  if (machine !== undefined) return machine;
  if (end === 'not_started') return new TranscodeFailure('encoder_failed', { reason: lastWords(log) });
  if (signal !== null) return signalTrouble(signal);
  if (code === askedToStop) return new TranscodeFailure('encoder_failed/killed');
  // Not one picture came out of the decoder, so there is nothing to set an encoder up with.
  if (/Error marking filters as finished|Cannot determine format of input stream/.test(log))
    return new TranscodeFailure('unreadable/undecodable');
  if (/Invalid data found|Input\/output error|End of file/.test(log))
    return new TranscodeFailure('encoder_failed/source_unreadable', { reason: lastWords(log) });
  return new TranscodeFailure('encoder_failed', { reason: lastWords(log) });
}
