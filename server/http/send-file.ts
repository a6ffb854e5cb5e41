import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { wantedBytes } from '../media-files/byte-range.ts';

/** A file that is made of what lies in the store, for somebody to keep. */
export interface SentFile {
  /** What the file is called at the other end; any characters. */
  readonly filename: string;
  readonly type: string;
  readonly bytes: number;
  /** Strong validator with quotes: equal ones mean equal bytes, so that a broken download goes on. */
  readonly etag: string;
  /** The bytes [from, to). */
  readonly read: (from: number, to: number) => AsyncIterable<Buffer>;
}

/** A connection on which nothing moves for this long is cut. */
const stallMs = 60_000;

/** Answers 200, 206 or 416 (RFC 9110 section 14), as an attachment that only its caller may keep. */
export async function sendFile(request: IncomingMessage, response: ServerResponse, file: SentFile): Promise<void> {
  const { bytes, etag } = file;
  const ifRange = request.headers['if-range'];
  const wanted = ifRange === undefined || ifRange === etag ? wantedBytes(request.headers.range, bytes) : 'whole';
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('ETag', etag);
  if (wanted === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${bytes}`, 'Content-Length': '0' });
    response.end();
    return;
  }
  const { from, to } = wanted === 'whole' ? { from: 0, to: bytes } : wanted;
  response.writeHead(wanted === 'whole' ? 200 : 206, {
    'Content-Type': file.type,
    'Content-Length': String(to - from),
    'Content-Disposition': attachment(file.filename),
    ...(wanted === 'whole' ? {} : { 'Content-Range': `bytes ${from}-${to - 1}/${bytes}` }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  request.socket.setTimeout(stallMs);
  try {
    await pipeline(Readable.from(file.read(from, to)), response);
  } catch (error) {
    // The head is gone: all that is left is to break off, so that the client sees that bytes are missing.
    response.destroy();
    if (!isGone(error)) throw error;
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'].includes(String(error.code));

/** "filename*" carries any characters, "filename" is for old programs (RFC 6266, section 4.3; RFC 8187). */
function attachment(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
  const encoded = encodeURIComponent(filename).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
