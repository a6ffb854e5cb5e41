import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors.ts';

const longestAddress = 8192;

/** Refuses addresses that no page of ours has: too long (414), with a zero byte or broken escapes (400; corpus h01 to h04). */
export function checkAddress(request: Request, _response: Response, next: NextFunction): void {
  if (request.url.length > longestAddress) {
    throw new AppError('uri_too_long', `The address is longer than ${longestAddress} characters. Shorten it.`);
  }
  if (!isDecodable(request.path)) throw new AppError('bad_request', 'The address cannot be read. Check its % escapes.');
  next();
}

function isDecodable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}
