import { useMemo } from 'react';
import { countyClock, countyTimeZone } from '../../shared/county-clock.ts';
import type { Language } from '../../shared/language.ts';
import { useSpeech } from '../words/words.tsx';

const minuteMs = 60_000;

/** Instants of county time in the chosen language. */
export interface SpokenClock {
  readonly zone: string;
  /** `19:30`. */
  readonly time: (atMs: number) => string;
  /** `2026-12-01`. */
  readonly day: (atMs: number) => string;
  /** `12月1日 星期二`. */
  readonly dayInWords: (atMs: number) => string;
  /** `2026-12-01 19:30`. */
  readonly full: (atMs: number) => string;
  /** The same with seconds. */
  readonly exact: (atMs: number) => string;
  /** `19:30–20:15`, or `19:30:04–19:30:36` where it is not of whole minutes. */
  readonly range: (span: { readonly startAtMs: number; readonly endAtMs: number }) => string;
}

/** The clock of the screens. */
export function useClock(): SpokenClock {
  const { language } = useSpeech();
  return useMemo(() => spokenClock(countyTimeZone(), language), [language]);
}

function spokenClock(zone: string, language: Language): SpokenClock {
  const clock = countyClock(zone);
  const seconds = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return {
    zone,
    time: clock.time,
    day: clock.day,
    dayInWords: (atMs) => clock.dayInWords(atMs, language),
    full: (atMs) => `${clock.day(atMs)} ${clock.time(atMs)}`,
    exact: (atMs) => `${clock.day(atMs)} ${seconds.format(atMs)}`,
    range: ({ startAtMs, endAtMs }) => {
      const time =
        startAtMs % minuteMs === 0 && endAtMs % minuteMs === 0 ? clock.time : (atMs: number) => seconds.format(atMs);
      return `${time(startAtMs)}–${time(endAtMs)}`;
    },
  };
}
