import { Card, Tag } from 'antd';
import type { FilmUses } from '../../../../media/contract/film-uses.ts';
import type { Film } from '../../../../media/contract/library.ts';
import { lengthText } from '../../../shared/county-clock.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { linkTo } from '../../parts/route.ts';
import { useClock } from '../../parts/use-clock.ts';
import { useChannelName, usePlaceName } from '../../parts/use-names.ts';
import { mayDo, useSession } from '../../session/session.ts';
import { useWords } from '../../words/words.tsx';
import { useFilmUses } from './life-queries.ts';

const shownPlans = 8;

/** Where a film is planned, and when and how often it was on air. */
export function UseList({ film }: { readonly film: Film }) {
  const { person } = useSession();
  return mayDo(person, 'read-as-run') ? <Uses film={film} /> : null;
}

function Uses({ film }: { readonly film: Film }) {
  const all = useWords();
  const words = all.filmLife.uses;
  const uses = useFilmUses(film.id);
  return (
    <Card size="small" title={words.title}>
      <Loaded from={uses}>
        {({ planned, plannedFillers, aired, airedTimes, airedFillers, airedMs }) => (
          <div className="uses">
            <p>{airedTimes === 0 ? words.never : words.aired(airedTimes, airedFillers, lengthText(airedMs))}</p>
            {aired.length === 0 ? null : (
              <details>
                <summary>{words.history}</summary>
                <UseRows rows={aired} />
              </details>
            )}
            <p>{planned.length === 0 ? words.notPlanned : words.planned(planned.length)}</p>
            <UseRows rows={planned.slice(0, shownPlans)} />
            {plannedFillers === 0 ? null : <p className="muted">{words.plannedFillers(plannedFillers)}</p>}
            {planned.length > shownPlans ? (
              <details>
                <summary>{all.frame.more}</summary>
                <UseRows rows={planned.slice(shownPlans)} />
              </details>
            ) : null}
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function UseRows({ rows }: { readonly rows: readonly (FilmUses['planned'][number] | FilmUses['aired'][number])[] }) {
  const words = useWords().filmLife.uses;
  const clock = useClock();
  const channelName = useChannelName();
  const placeName = usePlaceName();
  return (
    <ul className="use-rows">
      {rows.map((row) => (
        <li key={`${row.kind}-${row.channel}-${row.place ?? ''}-${row.startAtMs}`}>
          <span className="use-time">{clock.full(row.startAtMs)}</span> {channelName(row.channel)}
          {row.place === undefined ? null : ` ${words.onlyAt(placeName(row.place))}`}{' '}
          {row.kind === 'draft' && 'planId' in row && row.planId !== undefined ? (
            <a href={linkTo('plans', row.planId)}>{words.draft}</a>
          ) : null}
          {row.kind === 'filler' ? <Tag>{words.filler}</Tag> : null}
          {'isSample' in row && row.isSample ? <Tag>{words.sample}</Tag> : null}
        </li>
      ))}
    </ul>
  );
}
