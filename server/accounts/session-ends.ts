import type { RoleAtPlace } from '../../media/contract/accounts.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Staff: 30 min without a request. */
export const staffIdleMs = 30 * minuteMs;
/** Staff: 12 h after the password, whatever happens. */
export const staffLongestMs = 12 * hourMs;
/** Members only read and watch: 30 days without a request, no other end (security notes, section 4). */
export const memberIdleMs = 30 * 24 * hourMs;

/** Says whether somebody only reads. */
export const isMemberOnly = (roles: readonly RoleAtPlace[]): boolean => roles.every(({ role }) => role === 'member');

/** When a session ends if nothing more is heard of it; it is good before this instant. */
export const sessionEndsAtMs = (
  session: { readonly createdAtMs: number; readonly lastSeenAtMs: number },
  roles: readonly RoleAtPlace[],
): number =>
  isMemberOnly(roles)
    ? session.lastSeenAtMs + memberIdleMs
    : Math.min(session.lastSeenAtMs + staffIdleMs, session.createdAtMs + staffLongestMs);
