/** Turns full-width digits and colons, as Chinese keyboards write them, into plain ones. */
const plain = (text: string): string =>
  text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[：．.时点]/g, ':')
    .replace(/[分秒\s]/g, '');

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * Reads a time of day as people type it (`19:30`, `1930`, `8：05`, `19`) into `19:30:00`; undefined where it is none.
 */
export function readClock(text: string): string | undefined {
  const typed = plain(text);
  const [, hour, minute = '0', second = '0'] =
    /^(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}))?:?$/.exec(typed) ?? /^(\d{1,2})(\d{2})(\d{2})?$/.exec(typed) ?? [];
  if (hour === undefined) return undefined;
  const parts = [Number(hour), Number(minute), Number(second)] as const;
  if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return undefined;
  return parts.map(two).join(':');
}

/** A time of day as the list shows it: seconds only where they are not zero. */
export const showClock = (clock: string): string => clock.replace(/^(\d\d:\d\d):00$/, '$1');

/** Reads a length (`45` minutes, `45:00`, `1:02:03`) into ms; undefined where it is none, not positive or a day and more. */
export function readLength(text: string): number | undefined {
  const typed = plain(text).replace(/:$/, '');
  if (!/^\d{1,4}(:\d{1,2}){0,2}$/.test(typed)) return undefined;
  const parts = typed.split(':').map(Number);
  const [hours, minutes, seconds] =
    parts.length === 3 ? parts : parts.length === 2 ? [0, ...parts] : [0, parts[0] ?? 0, 0];
  const ms = (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
  return ms > 0 && ms <= 86_400_000 ? ms : undefined;
}
