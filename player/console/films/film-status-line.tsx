import { Progress, Tag } from 'antd';
import { useSpeech } from '../words/words.tsx';
import { filmStatus, type FilmStatus, type StatusFacts } from './film-status.ts';

const colors: Readonly<Record<FilmStatus['tone'], string>> = {
  moving: 'processing',
  good: 'success',
  attention: 'warning',
  bad: 'error',
  quiet: 'default',
};

/** A film's state as a coloured word, a sentence and, while something is done, a bar. */
export function FilmStatusLine({
  film,
  withCure = false,
}: {
  readonly film: StatusFacts;
  readonly withCure?: boolean;
}) {
  const { words, language } = useSpeech();
  const status = filmStatus(film, words.films, language);
  const isPlain = status.tone === 'good' || status.tone === 'attention';
  return (
    <div className="film-status">
      <Tag color={colors[status.tone]}>{words.films.states[film.state]}</Tag>
      {isPlain && film.reviews?.needed === 1 ? null : <span className="film-status-text">{status.text}</span>}
      {withCure && status.cure !== undefined ? (
        <div className="film-cure">
          {words.films.cure}
          {status.cure}
        </div>
      ) : null}
      {status.ratio === undefined ? null : (
        <Progress percent={Math.floor(status.ratio * 100)} size="small" showInfo={false} aria-label={status.text} />
      )}
    </div>
  );
}
