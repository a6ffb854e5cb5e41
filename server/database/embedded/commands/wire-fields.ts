import { z } from 'zod';
import { isDocument, type BsonDocument } from '../bson-document.ts';
import type { IndexField } from '../catalogue.ts';
import { badValue } from '../database-error.ts';
import { splitPath } from '../field-path.ts';
import { toNumber } from '../key-order.ts';
import { isNumber } from '../number-arithmetic.ts';

/** A document field. */
export const wireDocument = z.custom<BsonDocument>(isDocument, 'must be a document');

/** A number of any BSON class, as a JavaScript number. */
export const wireNumber = z.custom<unknown>(isNumber, 'must be a number').transform(toNumber);

/** A whole number of 0 or more. */
export const wireCount = wireNumber.refine(
  (value) => Number.isSafeInteger(value) && value >= 0,
  'must be a whole number of 0 or more',
);

/** A flag; MongoDB also takes numbers. */
export const wireFlag = z.union([z.boolean(), wireNumber.transform((value) => value !== 0)]);

/** A cursor id. */
export const wireCursorId = z
  .custom<unknown>((value) => isNumber(value), 'must be a cursor id')
  .transform((value) => BigInt(String(value)));

/** Fields that we take and do not act on, because the one machine and the one owner make them true by themselves. */
export const ignored = z.unknown().optional();

/** Fields that many commands have and that change no result. */
export const harmless = { comment: ignored, allowDiskUse: ignored, bypassDocumentValidation: ignored };

/** A hint as the index name; a key pattern becomes the name that drivers make from it. */
export const wireHint = z
  .union([
    z.string(),
    wireDocument.transform((key) =>
      Object.entries(key)
        .map(([path, way]) => `${path}_${String(way)}`)
        .join('_'),
    ),
  ])
  .transform((name) => (name === '_id_1' ? '_id_' : name));

/** A sort document as fields with directions; throws on anything but 1 and -1. */
export function sortOrder(sort: BsonDocument | undefined): readonly IndexField[] {
  return Object.entries(sort ?? {}).map(([path, way]) => {
    const direction = isNumber(way) ? toNumber(way) : 0;
    if (direction !== 1 && direction !== -1) throw badValue(`Illegal sort value for '${path}': use 1 or -1`);
    return { path, parts: splitPath(path), direction };
  });
}
