import { z } from 'zod';

/** Every error code of the HTTP API with its status (contract.md, "HTTP in general"). */
export const problemStatus = {
  bad_request: 400,
  unknown_field: 400,
  unknown_category: 400,
  sign_in: 401,
  forbidden: 403,
  step_up: 403,
  token: 403,
  not_found: 404,
  not_yet: 404,
  method: 405,
  same_person: 409,
  wrong_state: 409,
  in_plan: 409,
  frozen: 409,
  history: 409,
  not_ready: 409,
  name_taken: 409,
  last_admin: 409,
  wrong_offset: 409,
  withdrawn: 410,
  damaged: 410,
  expired: 410,
  stale: 412,
  tus_version: 412,
  too_large: 413,
  uri_too_long: 414,
  unsupported_type: 415,
  range: 416,
  invalid: 422,
  findings: 422,
  off_grid: 422,
  locked: 423,
  if_match_required: 428,
  too_many_requests: 429,
  /** Status of the tus checksum extension. */
  checksum_mismatch: 460,
  internal: 500,
  starting: 503,
  head_stale: 503,
  no_queue: 503,
  no_database: 503,
  no_space: 507,
} as const;
export type ProblemCode = keyof typeof problemStatus;

export const fieldProblemSchema = z.object({ path: z.string(), message: z.string() });

/** Body of every error (RFC 9457, `application/problem+json`) with the product's `code` and the request's id. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  fields: z.array(fieldProblemSchema).optional(),
  findings: z.array(z.unknown()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
