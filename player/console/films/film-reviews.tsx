import { CheckCircleFilled, RollbackOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Film } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { useStore } from '../parts/store.ts';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';
import { filmStage } from './film-stage.ts';

/** Who judged the film, when and why. */
export function FilmReviews({ film }: { readonly film: Film }) {
  const words = useWords().films;
  const clock = useClock();
  const stage = useStore(filmStage);
  const entries = film.reviews?.entries ?? [];
  if (entries.length === 0) return <p className="muted">{words.page.noReviews}</p>;
  return (
    <ul className="reviews">
      {entries.map(({ by, decision, reason, positionMs, atMs }) => (
        <li key={`${by.id}-${atMs}`}>
          {decision === 'pass' ? <CheckCircleFilled className="good" /> : <RollbackOutlined className="bad" />}
          <span>
            {by.name} {decision === 'pass' ? words.page.passed : words.page.returned}
            {positionMs === undefined ? null : (
              <Button type="link" size="small" onClick={() => stage?.jump(positionMs)}>
                {lengthText(positionMs)}
              </Button>
            )}
            {reason === undefined ? null : <q>{reason}</q>}
            <small className="muted">{clock.full(atMs)}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}
