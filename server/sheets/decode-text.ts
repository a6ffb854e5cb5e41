/**
 * Text of a file as Excel and WPS save it: UTF-16 or UTF-8 where the mark at its beginning says so, UTF-8 where it is that,
 * else GB18030. Undefined where it is none of these.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one may be it.
    }
  }
  return undefined;
}
