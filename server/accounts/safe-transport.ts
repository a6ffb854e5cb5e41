import { AppError } from '../errors.ts';

/** The setting that decides about passwords over plain http. */
export interface HttpRule {
  readonly ALLOW_HTTP: boolean;
}

/** Refuses a password that crossed a network in clear text, unless the county allowed it (contract.md, ALLOW_HTTP). */
export function requireSafeTransport(
  rule: HttpRule,
  call: { readonly secure: boolean; readonly caller: { readonly ip: string } },
): void {
  if (call.secure || rule.ALLOW_HTTP || isLoopback(call.caller.ip)) return;
  throw new AppError(
    'forbidden',
    'Sign-in over plain http from another machine is refused, because the password could be read on the way. Use https, or start the server with ALLOW_HTTP=1.',
  );
}

/** Says whether an address is this machine itself (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
export const isLoopback = (ip: string): boolean => /^(::ffff:)?127\.|^::1$/.test(ip);
