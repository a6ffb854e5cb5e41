import { ApiError, type FieldProblem } from './api-error.ts';

/** Reads the body of a refused request; anything else than a problem document, as a proxy's page, becomes code `unknown`. */
export function readProblem(status: number, text: string, retryAfter: string | null): ApiError {
  const said = recordOf(text);
  const retryAfterS = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  const requestId = textOf(said['requestId']);
  return new ApiError({
    status,
    code: textOf(said['code']) ?? 'unknown',
    detail: textOf(said['detail']) ?? textOf(said['title']) ?? `HTTP ${status}`,
    fields: Array.isArray(said['fields']) ? said['fields'].filter(isFieldProblem) : [],
    findings: Array.isArray(said['findings']) ? said['findings'] : [],
    requestId,
    retryAfterS,
  });
}

function recordOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const isFieldProblem = (value: unknown): value is FieldProblem =>
  isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string';
