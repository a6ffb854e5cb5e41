/** @jsxImportSource preact */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { chooseLanguage, chosenLanguage, type Language } from '../shared/language.ts';
import './member.css';
import { routeOf } from './route.ts';
import { BoardScreen } from './screens/board.tsx';
import { FilmScreen } from './screens/film.tsx';
import { LibraryScreen } from './screens/library.tsx';
import { NowScreen } from './screens/now.tsx';
import { SignInScreen } from './screens/sign-in.tsx';
import { memberWords } from './words.ts';

/** The pages of a member: what is on, the library, a film, the notice board. */
function Member() {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  const [route, setRoute] = useState(() => routeOf(location.hash));
  const words = memberWords[language];
  useEffect(() => {
    const move = () => {
      setRoute(routeOf(location.hash));
      scrollTo(0, 0);
    };
    addEventListener('hashchange', move);
    return () => removeEventListener('hashchange', move);
  }, []);
  useEffect(() => {
    chooseLanguage(language);
    document.title = `${words.name} · ${words.tagline}`;
  }, [language, words]);
  const tab = (page: string, label: string) => (
    <a
      href={`#/${page}`}
      aria-current={
        route.page === page || (page === 'library' && route.page === 'film') || (page === 'now' && route.page === 'now')
          ? 'page'
          : undefined
      }
    >
      {label}
    </a>
  );
  return (
    <div class="member">
      <header>
        <a class="logo" href="#/now">
          {words.name}
          <small>{words.tagline}</small>
        </a>
        <button class="quiet" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {words.switchLanguage}
        </button>
      </header>
      <main>
        {route.page === 'now' ? <NowScreen words={words} language={language} /> : null}
        {route.page === 'library' ? <LibraryScreen words={words} /> : null}
        {route.page === 'film' ? <FilmScreen key={route.id} id={route.id} words={words} /> : null}
        {route.page === 'board' ? <BoardScreen words={words} language={language} /> : null}
        {route.page === 'sign-in' ? <SignInScreen words={words} onSignedIn={() => (location.hash = '#/now')} /> : null}
      </main>
      <nav class="tabs" aria-label={words.name}>
        {tab('now', words.onAir)}
        {tab('library', words.library)}
        {tab('board', words.board)}
      </nav>
    </div>
  );
}

const place = document.getElementById('app');
if (place !== null) render(<Member />, place);
