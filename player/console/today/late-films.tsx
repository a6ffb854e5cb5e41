import { Tag } from 'antd';
import { Loaded } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { useClock } from '../parts/use-clock.ts';
import { usePlaceName } from '../parts/use-names.ts';
import { useWords } from '../words/words.tsx';
import { useAlarms } from './use-alarms.ts';

const colours = { day: 'default', 'two-hours': 'gold', quarter: 'volcano', missed: 'red' } as const;

/** Published items whose film is missing, what airs instead, and the way to the film. */
export function LateFilms() {
  const words = useWords();
  const said = words.today.alarms;
  const clock = useClock();
  const alarms = useAlarms();
  const placeName = usePlaceName();
  return (
    <Loaded from={alarms}>
      {(items) =>
        items.length === 0 ? (
          <p className="muted">{said.none}</p>
        ) : (
          <ul className="late-films">
            {items.map((alarm) => (
              <li key={alarm.id}>
                <Tag color={colours[alarm.stage]}>{said.stages[alarm.stage]}</Tag>
                <span>
                  {clock.full(alarm.startAtMs)} <strong>{alarm.title}</strong>
                  {alarm.place === undefined ? null : ` · ${placeName(alarm.place)}`}
                </span>
                <span className="muted">
                  {alarm.filmState === undefined ? said.unknown : words.films.states[alarm.filmState]} ·{' '}
                  {alarm.airs === undefined ? said.nothing : said.airs(alarm.airs)}
                </span>
                <a href={linkTo('films', alarm.filmId)}>{said.open}</a>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
