import { Alert, Card, Tag } from 'antd';
import type { Film } from '../../../media/contract/library.ts';
import { translateProblem } from '../../../media/film/film-problem-text.ts';
import { Loaded } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { Screen } from '../parts/screen.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import { FilmActions } from './film-actions.tsx';
import { FilmFacts } from './film-facts.tsx';
import { FilmPlayer } from './film-player.tsx';
import { useFilm } from './film-queries.ts';
import { FilmReviews } from './film-reviews.tsx';
import { filmStatus } from './film-status.ts';
import { PosterChoice } from './life/poster-choice.tsx';
import { UseList } from './life/use-list.tsx';
import { VersionList } from './life/version-list.tsx';
import { FilmTracks } from './tracks/film-tracks.tsx';
import { FilmStatusLine } from './film-status-line.tsx';

/** One film: picture, state, facts, reviews, and what may be done with it. */
export function FilmPage({ id }: { readonly id: string }) {
  const words = useWords().films.page;
  const film = useFilm(id);
  return (
    <Screen
      title={film.data?.title ?? ''}
      back={<a href={linkTo('films')}>← {words.back}</a>}
      actions={film.data === undefined ? null : <FilmActions film={film.data} />}
    >
      <Loaded from={film}>
        {(found) => (
          <div className="film-page">
            <div className="film-page-main">
              <FilmPlayer key={found.id} film={found} />
              <FilmNotices film={found} />
              {mayKnowTracks(found) ? <PosterChoice film={found} /> : null}
              {mayKnowTracks(found) ? <FilmTracks film={found} /> : null}
            </div>
            <div className="film-page-side">
              <Card size="small" title={words.facts}>
                <FilmFacts film={found} />
              </Card>
              <Card size="small" title={words.reviews}>
                <FilmReviews film={found} />
              </Card>
              {found.reviews !== undefined && found.renews === undefined ? <VersionList film={found} /> : null}
              {found.rungs !== undefined && found.renews === undefined ? <UseList film={found} /> : null}
            </div>
          </div>
        )}
      </Loaded>
    </Screen>
  );
}

/** Those who make and judge films are told reviews; a new version shows the tracks of the film that it renews. */
const mayKnowTracks = ({ reviews, renews, rungs }: Film): boolean =>
  reviews !== undefined && renews === undefined && rungs !== undefined;

/** Where the film stands, what is wrong with it and what to look at. */
export function FilmNotices({ film }: { readonly film: Film }) {
  const { words, language } = useSpeech();
  const status = filmStatus(film, words.films, language);
  return (
    <div className="notices">
      {status.tone === 'bad' ? (
        <Alert
          type="error"
          showIcon
          title={words.frame.pair(words.films.states[film.state], status.text)}
          description={status.cure === undefined ? undefined : `${words.films.cure}${status.cure}`}
        />
      ) : (
        <FilmStatusLine film={film} />
      )}
      {film.duplicateOf === undefined ? null : (
        <Alert
          type="info"
          showIcon
          title={words.films.page.duplicate}
          action={<a href={linkTo('films', film.duplicateOf)}>{words.films.page.openDuplicate}</a>}
        />
      )}
      {film.renews === undefined ? null : (
        <Alert
          type="info"
          showIcon
          title={words.filmLife.versions.renews}
          action={<a href={linkTo('films', film.renews)}>{words.filmLife.versions.openRenewed}</a>}
        />
      )}
      {film.warnings.map((warning) => {
        const { message, cure } = translateProblem(warning, language);
        return (
          <Alert
            key={warning.code + warning.message}
            type="warning"
            showIcon
            title={
              <>
                <Tag>{words.films.page.warnings}</Tag>
                {message}
              </>
            }
            description={cure}
          />
        );
      })}
    </div>
  );
}
