import type { RoleAtPlace } from '../../media/contract/accounts.ts';
import { isMemberOnly } from './session-ends.ts';

/** What identifying needs of a request; Express's has it. */
export interface IdentifiableRequest {
  readonly headers: { readonly authorization?: string | undefined; readonly cookie?: string | undefined };
  readonly secure: boolean;
  /** Address of the sender, through trusted proxies only. */
  readonly ip?: string | undefined;
}

/** The `__Host-` prefix binds the cookie to https and this host; plain http cannot have it (RFC 6265bis, 4.1.3.2). */
const nameOf = (secure: boolean): string => (secure ? '__Host-sid' : 'sid');
/** Browsers keep no cookie longer; the server ends sessions itself. */
const longestS = 400 * 24 * 3600;

/** The `Set-Cookie` value that carries a session; members keep it when the browser closes. */
export const sessionCookie = (token: string, roles: readonly RoleAtPlace[], secure: boolean): string =>
  [
    `${nameOf(secure)}=${token}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
    ...(isMemberOnly(roles) ? [`Max-Age=${longestS}`] : []),
  ].join('; ');

/** The `Set-Cookie` value that takes the session away. */
export const noSessionCookie = (secure: boolean): string =>
  `${nameOf(secure)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? '; Secure' : ''}`;

/** The token of a request: the bearer header counts before the cookie. */
export function readToken(
  request: IdentifiableRequest,
): { readonly token: string; readonly from: 'bearer' | 'cookie' } | undefined {
  const bearer = /^Bearer +([A-Za-z0-9_-]{1,200})$/i.exec(request.headers.authorization ?? '');
  if (bearer?.[1] !== undefined) return { token: bearer[1], from: 'bearer' };
  // Something else in the header is somebody who means to be known: never quietly anonymous.
  if (request.headers.authorization !== undefined) return { token: '', from: 'bearer' };
  const pair = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${nameOf(request.secure)}=`));
  const token = pair?.slice(pair.indexOf('=') + 1);
  return token === undefined || token === '' ? undefined : { token, from: 'cookie' };
}
