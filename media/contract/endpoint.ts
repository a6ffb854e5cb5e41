import { z } from 'zod';
import type { Action } from './permissions.ts';
import { seenLine } from './unseen-characters.ts';

/** Who may call: a row of the permission matrix, anybody, or anybody who signed in. */
export type Who = Action | 'public' | 'signed-in';

/** One line of the contract table: parsing, permission, typed handler, typed client and OpenAPI all come from it (decision 8). */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Asked extends Who = Who,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Express style, as in `/api/films/:id`. */
  readonly path: string;
  readonly who: Asked;
  readonly summary: string;
  /** Status of success. */
  readonly status: number;
  /** Another status of success, which the handler sets, as 202 for what awaits somebody. */
  readonly alsoStatus?: number;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly reply: Reply;
  /** A password entered at most 30 min ago is needed (403 `step_up`). */
  readonly stepUp: boolean;
  /** `If-Match` is needed (428 without, 412 `stale` when it differs). */
  readonly ifMatch: boolean;
  /** Longest body in bytes; 413 beyond. */
  readonly bodyBytes: number;
  /** The body is a file as it is, of any content type. */
  readonly isRawBody?: boolean;
  /** Content type of a reply that is not JSON; the handler returns the text itself. */
  readonly contentType?: string;
  /** The reply is a file or a stream, which the handler sends by `call.sendFile` or `call.openStream`; it has no `reply`. */
  readonly isFile?: boolean;
}

const mebibyte = 1_048_576;
const nothing = z.strictObject({});
const noBody = z.undefined();

/** Writes one line of the contract; what is left out is empty and the status 200. */
export function endpoint<
  Params extends z.ZodType = typeof nothing,
  Query extends z.ZodType = typeof nothing,
  Body extends z.ZodType = typeof noBody,
  Reply extends z.ZodType = typeof noBody,
  Asked extends Who = Who,
>(line: {
  method: Endpoint['method'];
  path: string;
  who: Asked;
  summary: string;
  status?: number;
  alsoStatus?: number;
  params?: Params;
  query?: Query;
  body?: Body;
  reply?: Reply;
  stepUp?: boolean;
  ifMatch?: boolean;
  bodyBytes?: number;
  isRawBody?: boolean;
  contentType?: string;
  isFile?: boolean;
}): Endpoint<Params, Query, Body, Reply, Asked> {
  return {
    status: 200,
    stepUp: false,
    ifMatch: false,
    bodyBytes: mebibyte,
    ...line,
    params: (line.params ?? nothing) as Params,
    query: (line.query ?? nothing) as Query,
    body: (line.body ?? noBody) as Body,
    reply: (line.reply ?? noBody) as Reply,
  };
}

/** Instant in UTC milliseconds between the years 2000 and 2100. */
export const atMsSchema = z.number().int().min(946_684_800_000).max(4_102_444_800_000);
/** The same as text of a query. */
export const atMsTextSchema = z
  .string()
  .regex(/^\d{12,13}$/, 'Give UTC milliseconds, as in 1795737600000.')
  .transform(Number)
  .pipe(atMsSchema);
/** Text that people typed: NFC, trimmed, no control, bidirectional, zero-width or broken characters. */
export const personTextSchema = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1, 'Write at least one character.')
        .max(max, `Write at most ${max} characters.`)
        .regex(seenLine, 'Remove control and invisible characters.')
        .refine((text) => !/\p{M}{4,}/u.test(text), 'Remove the stacked accents.'),
    );
export const pageQuery = {
  query: z.string().max(100).optional(),
  limit: z
    .string()
    .regex(/^\d{1,15}(e\d{1,2})?$/, 'Give a number from 1 to 200.')
    .transform((text) => Math.min(200, Math.max(1, Number(text))))
    .optional(),
  cursor: z.string().max(200).optional(),
};
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });
