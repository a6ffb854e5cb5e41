import { z } from 'zod';

/** Identity of anything stored: 26 lower-case characters of Crockford's base 32 (the ULID alphabet). */
export const idSchema = z
  .string()
  .regex(/^[0-9a-hjkmnp-tv-z]{26}$/, 'An id has 26 characters of 0-9 and a-z without i, l, o, u.')
  .brand<'Id'>();
export type Id = z.infer<typeof idSchema>;

/** Code of a place, channel or category: chosen by people, stands in URLs. */
export const codeSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'A code begins with a letter and has at most 32 of a-z, 0-9 and -.')
  .refine((code) => !['constructor', 'prototype', 'tostring', 'valueof'].includes(code), 'That code is reserved.');

const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/** Writes the first 130 bits of a digest as an id; the digest has at least 17 bytes. */
export function idOfDigest(digest: Uint8Array): Id {
  let buffer = 0;
  let bits = 0;
  let text = '';
  for (const byte of digest) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < 26) {
      bits -= 5;
      text += digits[(buffer >> bits) & 31] ?? '';
    }
    buffer &= (1 << bits) - 1;
  }
  return idSchema.parse(text);
}
