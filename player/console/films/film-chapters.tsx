import type { Film } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { useWords } from '../words/words.tsx';

/** The film's chapters, each of which takes the picture to where it begins. */
export function FilmChapters({ film, onJump }: { readonly film: Film; readonly onJump: (ms: number) => void }) {
  const words = useWords().films.page;
  const { chapters = [] } = film;
  if (chapters.length === 0) return null;
  return (
    <section className="chapters" aria-label={words.chapters}>
      <p className="muted">{words.chapters}</p>
      <ol className="marks-list">
        {chapters.map(({ atMs, title }, at) => (
          <li key={atMs}>
            <button type="button" className="mark-line" onClick={() => onJump(atMs)}>
              <span className="muted">{lengthText(atMs)}</span>
              {title === '' ? words.chapter(at + 1) : title}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
