import express, { type NextFunction, type Request, type Response } from 'express';
import { AppError } from '../errors.ts';

const depthLimit = 32;

/** Reads a JSON body of at most `limitBytes` into `request.body`; 400, 413 or 415 where it is none (corpus h16 to h19). */
export function readJsonBody(limitBytes: number): (request: Request, response: Response) => Promise<void> {
  const readBytes = readRawBody(limitBytes);
  return async (request, response) => {
    if (hasNoBody(request)) return;
    requireJson(request);
    await readBytes(request, response);
    request.body = parseJson(request.body as Buffer);
  };
}

/** Reads a body of at most `limitBytes` as it is into `request.body`; an empty one where there is none, 413 beyond. */
export function readRawBody(limitBytes: number): (request: Request, response: Response) => Promise<void> {
  const readBytes = express.raw({ type: () => true, inflate: false, limit: limitBytes });
  return async (request, response) => {
    request.body = Buffer.alloc(0);
    if (hasNoBody(request)) return;
    await new Promise<void>((resolve, reject) => {
      const next: NextFunction = (error?: unknown) =>
        error === undefined ? resolve() : reject(error instanceof Error ? error : new Error('the body ended early'));
      readBytes(request, response, next);
    });
  };
}

const hasNoBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] === undefined && (request.headers['content-length'] ?? '0') === '0';

function requireJson(request: Request): void {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  if (type.toLowerCase() !== 'application/json' || (charset !== undefined && !/^charset="?utf-8"?$/i.test(charset))) {
    throw new AppError('unsupported_type', 'Send JSON: Content-Type: application/json, in UTF-8.');
  }
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new AppError('unsupported_type', 'Send the body without Content-Encoding.');
  }
}

/** Parses JSON of at most 32 levels, without lone surrogates and without `__proto__` keys. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  if (depthOf(text) > depthLimit) throw bad(`It is nested deeper than ${depthLimit} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw bad(error instanceof Error ? `${error.message}.` : 'It cannot be read.');
  }
  checkTexts(value);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw bad('It is not UTF-8.');
  }
}

/** Deepest nesting of brackets outside strings, counted before anything is built from them. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString && char === '\\') at += 1;
    else if (char === '"') inString = !inString;
    else if (!inString && (char === '[' || char === '{')) deepest = Math.max(deepest, (depth += 1));
    else if (!inString && (char === ']' || char === '}')) depth -= 1;
  }
  return deepest;
}

function checkTexts(value: unknown): void {
  if (typeof value === 'string' && /[\ud800-\udfff]/u.test(value)) throw bad('A text in it has half a character.');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === '__proto__') throw new AppError('unknown_field', '__proto__: there is no such field. Leave it out.');
    checkTexts(key);
    checkTexts(part);
  }
}

const bad = (why: string): AppError => new AppError('bad_request', `The body is not JSON that can be used. ${why}`);
