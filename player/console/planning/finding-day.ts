import type { Finding } from '../../../media/contract/planning.ts';

/** The county date that a finding is about; undefined where it is about no time. */
export function findingDay({ params }: Finding): string | undefined {
  const start = params?.['start'];
  return typeof start === 'string' && /^\d{4}-\d{2}-\d{2}/.test(start) ? start.slice(0, 10) : undefined;
}

/** Whether a finding is to be shown with a line on a day: one that repeats has findings of many days. */
export const isAbout = (finding: Finding, rowId: string, day: string): boolean =>
  finding.itemId === rowId && (findingDay(finding) ?? day) === day;
