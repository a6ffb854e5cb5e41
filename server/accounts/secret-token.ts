import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text for a cookie, a bearer header or a link. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. A plain hash is enough: nobody can guess 256 bits. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');
