import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { openHeaders } from './open-headers.ts';

/** One coding of a text, with the whole head that it is sent with. */
export interface CodedText {
  /**
   * The bytes, one character each (`latin1`): Node writes a string together with the head in one call, which costs half of what a
   * Buffer behind a head does.
   */
  readonly body: string;
  /** Strong validator with quotes; another one for each coding, as RFC 9110 8.8.3.3 asks. */
  readonly etag: string;
  /** Flat list of names and values for 200. */
  readonly head: string[];
}

/** A text as it goes over the wire, packed once for however many ask for it. */
export interface TextFile {
  readonly plain: CodedText;
  /** Undefined where packing does not pay. */
  readonly gzip: CodedText | undefined;
}

/** Shorter texts fit into one packet anyway. */
const worthPackingBytes = 600;

/** Packs a text with its type and how long it may be kept; equal texts give equal validators on every replica. */
export function packText(text: string, type: string, cacheControl: string): TextFile {
  const plain = Buffer.from(text, 'utf8');
  const name = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  const coded = (bytes: Buffer, etag: string, coding: readonly string[]): CodedText => ({
    body: bytes.toString('latin1'),
    etag,
    head: [
      ...['Content-Type', type, 'Cache-Control', cacheControl, 'ETag', etag, 'Vary', 'Accept-Encoding'],
      ...['Content-Length', String(bytes.length), ...coding, ...openHeaders],
    ],
  });
  return {
    plain: coded(plain, `"${name}"`, []),
    gzip:
      plain.length < worthPackingBytes
        ? undefined
        : coded(gzipSync(plain, { level: 6 }), `"${name}-gz"`, ['Content-Encoding', 'gzip']),
  };
}
