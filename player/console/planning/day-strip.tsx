import { Badge } from 'antd';
import type { Finding } from '../../../media/contract/planning.ts';
import { useWords } from '../words/words.tsx';
import { useSpeech } from '../words/words.tsx';
import { findingDay } from './finding-day.ts';
import type { PlanRow } from './plan-rows.ts';
import { repeatsOn } from './repeat-rows.ts';

/** The days of a plan: how many lines each has and whether something is wrong on it. */
export function DayStrip(props: {
  readonly days: readonly string[];
  readonly rows: readonly PlanRow[];
  readonly findings: readonly Finding[];
  readonly chosen: string;
  readonly onChoose: (day: string) => void;
}) {
  const words = useWords().planning.list;
  const { language } = useSpeech();
  const dayOfRow = new Map(props.rows.map(({ id, day }) => [id, day]));
  const badDays = new Set(
    props.findings
      .filter(({ severity }) => severity === 'error')
      .map((finding) => {
        const day = findingDay(finding);
        if (day !== undefined && props.days.includes(day)) return day;
        return finding.itemId === undefined ? undefined : dayOfRow.get(finding.itemId);
      }),
  );
  return (
    <div className="days" role="tablist" aria-label={words.dates}>
      {props.days.map((day) => {
        const count = props.rows.filter((row) => row.day === day).length + repeatsOn(props.rows, day).flat().length;
        return (
          <button
            key={day}
            type="button"
            role="tab"
            aria-selected={day === props.chosen}
            aria-label={`${day} ${words.items(count)}`}
            className="day"
            onClick={() => props.onChoose(day)}
          >
            <span className="day-week">{weekday(day, language)}</span>
            <Badge dot={badDays.has(day)} offset={[4, 0]}>
              <strong>{day.slice(5).replace('-', '/')}</strong>
            </Badge>
            <span className="muted">{count === 0 ? '–' : count}</span>
          </button>
        );
      })}
    </div>
  );
}

/** A date has the same weekday everywhere, so it is asked at noon UTC. */
const weekday = (day: string, language: 'zh' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(
    Date.parse(`${day}T12:00:00Z`),
  );
