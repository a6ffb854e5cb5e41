import type { z } from 'zod';
import { AppError } from '../errors.ts';

/** Writes where the next page begins, as text that clients send back unread. */
export const writeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Reads what `writeCursor` wrote; 400 for anything else. */
export function readCursor<Place extends z.ZodType>(cursor: string, schema: Place): z.output<Place> {
  const parsed = schema.safeParse(jsonOf(cursor));
  if (!parsed.success) {
    throw new AppError('bad_request', 'cursor: this is no cursor of this list. Begin again without it.');
  }
  return parsed.data;
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
