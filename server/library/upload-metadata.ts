import type { z } from 'zod';
import { uploadMetadataSchema } from '../../media/contract/library.ts';
import { AppError } from '../errors.ts';

/** What a producer says about an upload, cleaned. */
export type UploadMetadata = z.output<typeof uploadMetadataSchema> & { readonly title: string };

const longestName = 255;
const longestTitle = 100;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Reads `Upload-Metadata`. "The Upload-Metadata request and response header MUST consist of one or more comma-separated
 * key-value pairs. The key and value MUST be separated by a space. ... All keys MUST be unique." (tus 1.0, creation)
 */
export function readUploadMetadata(header: string): UploadMetadata {
  const pairs = header.split(',').map((pair) => pair.trim().split(' '));
  const given = new Map<string, string>();
  for (const [key = '', value = '', ...rest] of pairs) {
    if (key === '' || rest.length > 0 || given.has(key)) {
      throw malformed('it is a list of `key base64` pairs with commas between, each key once');
    }
    given.set(key, decode(key, value));
  }
  const filename = safeFilename(given.get('filename') ?? '');
  if (filename === '') throw malformed('`filename` is missing');
  const parsed = uploadMetadataSchema.safeParse({ ...Object.fromEntries(given), filename });
  if (parsed.success) return { ...parsed.data, title: parsed.data.title ?? titleOf(filename) };
  const fields = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const said = fields.map((field) => `${field.path}: ${field.message}`).join(' ');
  const isUnknown = parsed.error.issues.some((issue) => issue.code === 'unrecognized_keys');
  throw new AppError(isUnknown ? 'unknown_field' : 'invalid', `Upload-Metadata: ${said}`, { fields });
}

/** A name for people only, never a path: last part, without control and invisible signs, at most 255 characters. */
export function safeFilename(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\ufeff]/gu, '')
    .replace(/\p{M}{4,}/gu, '')
    .trim();
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `_${clean}` : clean.replace(/^\.+$/, '');
  const { stem, ending } = splitName(reserved);
  return `${cut(stem, longestName - ending.length)}${ending}`;
}

function splitName(filename: string): { stem: string; ending: string } {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(filename)?.[0] ?? '';
  return ending.length === filename.length
    ? { stem: filename, ending: '' }
    : { stem: filename.slice(0, filename.length - ending.length), ending };
}

const titleOf = (filename: string): string => cut(splitName(filename).stem, longestTitle).trim();

/** Cuts by characters, so that no pair of surrogates is torn. */
function cut(text: string, most: number): string {
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > most) break;
    kept += character;
  }
  return kept;
}

function decode(key: string, value: string): string {
  if (!base64.test(value)) throw malformed(`the value of \`${key}\` is not base64`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'base64'));
  } catch (error) {
    throw malformed(`the value of \`${key}\` is not UTF-8`, error);
  }
}

const malformed = (what: string, cause?: unknown): AppError =>
  new AppError('bad_request', `Upload-Metadata cannot be read: ${what}. Send it as tus 1.0 says.`, { cause });
