import { absenceOf } from './ask-for-url.ts';

/** Code of the place that a page is opened for, `?code=s1`; undefined for the county. */
export function placeOfAddress(search: string): string | undefined {
  const code = /[?&]code=([a-z][a-z0-9-]{0,31})(?:&|$)/.exec(search)?.[1];
  return code === 'county' ? undefined : code;
}

/** What a request for a channel as a place sees it carries. */
export interface AsPlace {
  readonly group?: string;
}

/** Asks for a channel as a place sees it; as the county does where there is no such place, so that a wrong address is not dark. */
export async function askAsPlace<Reply>(
  place: string | undefined,
  ask: (group: AsPlace) => Promise<Reply>,
): Promise<Reply> {
  if (place === undefined) return ask({});
  try {
    return await ask({ group: place });
  } catch (error) {
    if (absenceOf(error) === 'gone') return ask({});
    throw error;
  }
}
