import type { IncomingMessage, ServerResponse } from 'node:http';
import { PLAYLIST_TYPE } from '../../media/hls/tags.ts';
import { AppError } from '../errors.ts';
import { wantedBytes } from './byte-range.ts';
import { openHeaders } from './open-headers.ts';
import type { TextFile } from './text-file.ts';

/** Types of media files by extension. */
const types: Readonly<Record<string, string>> = {
  ts: 'video/mp2t',
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  vtt: 'text/vtt; charset=utf-8',
  jpg: 'image/jpeg',
  m3u8: PLAYLIST_TYPE,
};

/** Content type of a media file name. */
export const typeOfFile = (file: string): string =>
  types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

const year = 'public, max-age=31536000, immutable';

/** Whether `If-None-Match` names one of these validators (RFC 9110 13.1.2: weak comparison; garbage matches nothing). */
function isKnown(header: string | undefined, etags: readonly string[]): boolean {
  if (header === undefined) return false;
  if (header === '*') return true;
  const given = header.split(',').map((part) => part.trim().replace(/^W\//, ''));
  return etags.some((etag) => given.includes(etag));
}

/** Whether a client takes gzip: named, and not refused with `q=0` (RFC 9110 12.5.3). */
const takesGzip = (header: string | string[] | undefined): boolean =>
  header !== undefined && /\bgzip\b(?!\s*;\s*q=0(?:\.0+)?(?:,|$))/.test(String(header));

/** Sends a playlist (or storyboard text), gzipped where the client takes that; 304 where it has it. */
export function sendText(request: IncomingMessage, response: ServerResponse, file: TextFile): void {
  const { headers } = request;
  const coded =
    (file.gzip !== undefined && takesGzip(headers['accept-encoding']) ? file.gzip : undefined) ?? file.plain;
  if (headers['if-none-match'] !== undefined && isKnown(headers['if-none-match'], etagsOf(file))) {
    response.writeHead(304, withoutLength(coded.head));
    response.end();
    return;
  }
  response.writeHead(200, coded.head);
  if (request.method === 'HEAD') response.end();
  else response.end(coded.body, 'latin1');
}

const etagsOf = ({ plain, gzip }: TextFile): readonly string[] => [
  plain.etag,
  ...(gzip === undefined ? [] : [gzip.etag]),
];

/** A 304 says nothing about a body (RFC 9110 15.4.5). */
function withoutLength(head: readonly string[]): string[] {
  const kept: string[] = [];
  for (let n = 0; n < head.length; n += 2) {
    const [name = '', value = ''] = [head[n], head[n + 1]];
    if (name !== 'Content-Length' && name !== 'Content-Encoding') kept.push(name, value);
  }
  return kept;
}

/** What a reply to a file request carries: [from, to) of it, or nothing more (304, HEAD). */
export type FileReply = { readonly from: number; readonly to: number } | undefined;

/**
 * Writes the head of a reply with an immutable file of `bytes` bytes: 200, 206 or 304 (RFC 9110 section 14), and says which
 * bytes are to follow; throws 416 `range`, which no cache may keep. `etag` is with quotes.
 */
export function writeFileHead(
  request: IncomingMessage,
  response: ServerResponse,
  file: { readonly name: string; readonly bytes: number; readonly etag: string },
): FileReply {
  const { bytes, etag } = file;
  const head = ['Content-Type', typeOfFile(file.name), 'Cache-Control', year, 'ETag', etag, 'Accept-Ranges', 'bytes'];
  head.push(...openHeaders, 'Access-Control-Expose-Headers', 'Content-Length, Content-Range, Date, ETag');
  const { headers } = request;
  if (isKnown(headers['if-none-match'], [etag])) {
    response.writeHead(304, head);
    return undefined;
  }
  const ifRange = headers['if-range'];
  const wanted = ifRange === undefined || ifRange === etag ? wantedBytes(headers.range, bytes) : 'whole';
  if (wanted === 'unsatisfiable') {
    throw new AppError('range', `The file has ${bytes} bytes and none of those that were asked for.`, {
      fileBytes: bytes,
    });
  }
  const { from, to } = wanted === 'whole' ? { from: 0, to: bytes } : wanted;
  head.push('Content-Length', String(to - from));
  if (wanted !== 'whole') head.push('Content-Range', `bytes ${from}-${to - 1}/${bytes}`);
  response.writeHead(wanted === 'whole' ? 200 : 206, head);
  return request.method === 'HEAD' ? undefined : { from, to };
}
