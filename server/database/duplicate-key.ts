/** Says whether a write failed because a unique index holds the value already (MongoDB error 11000). */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 11_000;
