import type { Film } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { useWords } from '../words/words.tsx';
import { barMarks, type FilmMark, markText } from './film-check.ts';
import { languageName } from './film-facts.tsx';
import { useFilmCheck } from './film-queries.ts';

interface MarksInput {
  readonly film: Film;
  /** Takes the picture to an instant of the film. */
  readonly onJump: (ms: number) => void;
}

/** What the technical check found: on a bar as long as the film, and in words that take the picture there. */
export function FilmMarks({ film, onJump }: MarksInput) {
  const all = useWords();
  const words = all.check;
  const check = useFilmCheck(film).data;
  // Before the package is whole nothing was checked, and silence would look like praise.
  if (check?.loudness === undefined || film.durationMs === undefined) return null;
  const { durationMs } = film;
  const textOf = (mark: FilmMark): string => markText(mark, words, (language) => languageName(language, all.films));
  const lines = check.marks.map((mark, index) => ({
    ...{ mark, key: `${mark.kind}-${mark.fromMs}-${index}` },
    text: textOf(mark),
  }));
  const onBar = barMarks(check.marks);
  const lanes = Math.max(1, ...onBar.map(({ lane }) => lane + 1));
  const percent = (ms: number): string => `${Math.min(100, (ms / durationMs) * 100).toFixed(3)}%`;
  return (
    <section className="marks" aria-label={words.title}>
      {/* The list below says the same to those who do not use a mouse. */}
      <div className="marks-bar" aria-hidden="true" style={{ height: `${Math.max(16, lanes * 12)}px` }}>
        {onBar.map(({ mark, lane }) => (
          <button
            key={`${mark.kind}-${mark.fromMs}-${lane}`}
            type="button"
            tabIndex={-1}
            title={textOf(mark)}
            className={`mark mark-${mark.kind}`}
            style={{
              ...{ left: percent(mark.fromMs), width: percent(mark.toMs - mark.fromMs) },
              ...{ top: `${(lane / lanes) * 100}%`, height: `${100 / lanes}%` },
            }}
            onClick={() => onJump(mark.fromMs)}
          />
        ))}
      </div>
      {lines.length === 0 ? <p className="muted">{words.none}</p> : null}
      <ul className="marks-list">
        {lines.map(({ mark, key, text }) => (
          <li key={key}>
            <button
              type="button"
              className="mark-line"
              aria-label={words.jump(text, lengthText(mark.fromMs))}
              onClick={() => onJump(mark.fromMs)}
            >
              <span className={`mark-sign mark-${mark.kind}`} />
              {text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
