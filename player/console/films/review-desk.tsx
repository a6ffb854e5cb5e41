import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Checkbox } from 'antd';
import { useState } from 'react';
import type { Film } from '../../../media/contract/library.ts';
import { translateProblem } from '../../../media/film/film-problem-text.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { AskReason } from '../parts/ask-reason.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { goTo } from '../parts/route.ts';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { useSession } from '../session/session.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { FilmFacts } from './film-facts.tsx';
import { FilmNotices } from './film-page.tsx';
import { FilmPlayer } from './film-player.tsx';
import { useFilm } from './film-queries.ts';
import { filmStage } from './film-stage.ts';
import { FilmReviews } from './film-reviews.tsx';

/** One film in front of its reviewer. */
export function ReviewDesk({ id }: { readonly id: string }) {
  const words = useWords().films.page;
  const film = useFilm(id);
  return (
    <Loaded from={film}>
      {(found) => (
        <>
          <h2 className="film-title">{found.title}</h2>
          <FilmPlayer key={found.id} film={found} />
          <Verdict film={found} />
          <FilmNotices film={found} />
          <Card size="small" title={words.facts}>
            <FilmFacts film={found} />
          </Card>
          <Card size="small" title={words.reviews}>
            <FilmReviews film={found} />
          </Card>
        </>
      )}
    </Loaded>
  );
}

/** Where the reviewer stopped the picture. */
const positionIn = ({ id }: Film): number => {
  const stage = filmStage.get();
  return stage?.filmId === id ? stage.positionMs() : 0;
};

/** Pass or return; never by the uploader, never twice by one person. */
function Verdict({ film }: { readonly film: Film }) {
  const { words: all, language } = useSpeech();
  const words = all.films.review;
  const { person } = useSession();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const [returning, setReturning] = useState<{ readonly positionMs: number }>();
  const [withPosition, setWithPosition] = useState(true);
  const judge = async (body: { decision: 'pass' | 'return'; reason?: string; positionMs?: number }) => {
    await call('reviewFilm', { params: { id: film.id }, body });
    await queries.invalidateQueries({ queryKey: ['films'] });
    await queries.invalidateQueries({ queryKey: ['film', film.id] });
  };
  if (film.state !== 'review') return null;
  if (film.owner.id === person.id) return <Alert type="info" showIcon title={words.own} />;
  if (film.reviews?.entries.some(({ by, decision }) => by.id === person.id && decision === 'pass') === true) {
    return <Alert type="info" showIcon title={words.already} />;
  }
  const pass = () =>
    modal.confirm({
      title: words.passTitle,
      content: (
        <>
          <p>{words.passExplain}</p>
          {film.warnings.map((warning) => (
            <Alert
              key={warning.code + warning.message}
              type="warning"
              showIcon
              title={translateProblem(warning, language).message}
            />
          ))}
        </>
      ),
      okText: words.pass,
      onOk: async () => {
        if (await act(() => judge({ decision: 'pass' }), words.passedDone)) goTo('review');
      },
    });
  const { needed, passed } = film.reviews ?? { needed: 1, passed: 0 };
  return (
    <div className="verdict">
      <Button type="primary" size="large" loading={busy} onClick={() => void pass()}>
        {words.pass}
      </Button>
      <Button danger size="large" onClick={() => setReturning({ positionMs: positionIn(film) })}>
        {words.return}
      </Button>
      {needed > 1 ? <span className="muted">{words.needed(passed, needed)}</span> : null}
      <AskReason
        open={returning !== undefined}
        title={words.returnTitle}
        label={words.returnReason}
        danger
        explain={
          (returning?.positionMs ?? 0) > 0 ? (
            <Checkbox checked={withPosition} onChange={({ target }) => setWithPosition(target.checked)}>
              {all.filmLife.return.withPosition(lengthText(returning?.positionMs ?? 0))}
            </Checkbox>
          ) : undefined
        }
        onClose={() => setReturning(undefined)}
        onReason={async (reason) => {
          const positionMs = returning?.positionMs ?? 0;
          await judge({ decision: 'return', reason, ...(withPosition && positionMs > 0 ? { positionMs } : {}) });
          goTo('review');
        }}
      />
    </div>
  );
}
