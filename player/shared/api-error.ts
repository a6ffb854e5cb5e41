/** One field of a form that the server refused; `path` is dotted, as in `roles.0.place`. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** What the server said against a request (RFC 9457), or `network` when it could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** 0 where no answer came. */
  readonly status: number;
  /** A code of media/contract/problem.ts, `network`, or `unknown` where something else answered. */
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  /** What was found in what was sent, in the shape of the endpoint. */
  readonly findings: readonly unknown[];
  /** To quote when asking for help. */
  readonly requestId: string | undefined;
  readonly retryAfterS: number | undefined;

  constructor(said: {
    readonly status: number;
    readonly code: string;
    readonly detail: string;
    readonly fields?: readonly FieldProblem[];
    readonly findings?: readonly unknown[];
    readonly requestId?: string | undefined;
    readonly retryAfterS?: number | undefined;
  }) {
    super(said.detail);
    this.status = said.status;
    this.code = said.code;
    this.fields = said.fields ?? [];
    this.findings = said.findings ?? [];
    this.requestId = said.requestId;
    this.retryAfterS = said.retryAfterS;
  }
}
