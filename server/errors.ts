import { type ProblemCode, problemStatus } from '../media/contract/problem.ts';

export type FieldProblem = { readonly path: string; readonly message: string };

/**
 * The one error that use-cases throw for expected trouble: a code of the problem table, and a sentence that says what is
 * wrong and ends with the cure. Anything else that is thrown answers 500 `internal` without its text.
 */
export class AppError extends Error {
  readonly code: ProblemCode;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly findings: readonly unknown[] | undefined;
  /** Value of `Retry-After` in seconds, for 429 and 503. */
  readonly retryAfterS: number | undefined;
  /** Size of the file of which a range does not exist, for `Content-Range` of 416. */
  readonly fileBytes: number | undefined;

  constructor(
    code: ProblemCode,
    message: string,
    detail: {
      fields?: readonly FieldProblem[];
      findings?: readonly unknown[];
      retryAfterS?: number;
      fileBytes?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: detail.cause });
    this.code = code;
    this.fields = detail.fields;
    this.findings = detail.findings;
    this.retryAfterS = detail.retryAfterS;
    this.fileBytes = detail.fileBytes;
  }

  get status(): number {
    return problemStatus[this.code];
  }
}

/** Unknown, or out of the caller's scope: the same words for both, so that nobody can tell which (ASVS 8.2.2). */
export const notFound = (what: string): AppError =>
  new AppError('not_found', `There is no such ${what}. Check the address or open it from its list again.`);
