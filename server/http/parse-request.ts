import { z } from 'zod';
import type { Endpoint } from '../../media/contract/endpoint.ts';
import { AppError, type FieldProblem } from '../errors.ts';

/** The parts of a request as the contract types them. */
export interface ParsedRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/**
 * Parses address, query and body: 400 `unknown_field` for keys that the contract does not know, 400 `bad_request` for a
 * malformed address or query and for a value of the wrong JSON type, 422 `invalid` for missing values and those that people can mend.
 */
export const parseRequest = (
  line: Pick<Endpoint, 'params' | 'query' | 'body'>,
  request: { readonly params: unknown; readonly query: unknown; readonly body?: unknown },
): ParsedRequest => ({
  params: parse(line.params, request.params, false),
  query: parse(line.query, { ...(request.query as object) }, false),
  body: parseBody(line.body, request.body),
});

/**
 * No body is an empty one where the contract has fields: what is missing then is named. Where it has none, an empty object
 * is as good as no body, because many clients always send one.
 */
function parseBody(schema: z.ZodType, body: unknown): unknown {
  if (!(schema instanceof z.ZodUndefined)) return parse(schema, body === undefined ? {} : body, true);
  if (body !== undefined) parse(nothing, body, true);
  return undefined;
}

const nothing = z.strictObject({});

function parse(schema: z.ZodType, value: unknown, mendable: boolean): unknown {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const fields = issues.map(fieldOf);
  const said = fields.map((field) => (field.path === '' ? field.message : `${field.path}: ${field.message}`)).join(' ');
  if (issues.some((issue) => issue.code === 'unrecognized_keys')) throw new AppError('unknown_field', said, { fields });
  throw new AppError(mendable && !issues.some(isWrongType) ? 'invalid' : 'bad_request', said, { fields });
}

const fieldOf = (issue: z.core.$ZodIssue): FieldProblem => ({
  path: issue.path.map(String).join('.'),
  message: issue.message,
});

/** A value that is there but of another JSON type, as an object where a text belongs (T21); a fraction for a whole number is not. */
function isWrongType(issue: z.core.$ZodIssue): boolean {
  const { input } = issue;
  if (input === undefined) return false;
  if (issue.code === 'invalid_type') return !(typeof input === 'number' && Number.isFinite(input) && isNumeric(issue));
  if (issue.code === 'invalid_value') return !issue.values.some((value) => typeof value === typeof input);
  return false;
}

const isNumeric = (issue: z.core.$ZodIssueInvalidType): boolean => ['int', 'number'].includes(issue.expected);
