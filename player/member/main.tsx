/** @jsxImportSource preact */
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { chooseLanguage, chosenLanguage, type Language } from '../shared/language.ts';
import { ApiError } from '../shared/api-error.ts';
import { keepSending } from '../shared/quality-outbox.ts';
import { Absent } from './absent.tsx';
import './member.css';
import { qualityOutbox } from './member.ts';
import { goBackOr, Link, useRoute } from './navigate.tsx';
import { addressOf, type Route } from './route.ts';
import { FilmScreen } from './screens/film.tsx';
import { LibraryScreen } from './screens/library.tsx';
import { NoticesScreen } from './screens/notices.tsx';
import { NowScreen } from './screens/now.tsx';
import { ProgrammeScreen } from './screens/programme.tsx';
import { SignInScreen } from './screens/sign-in.tsx';
import { isSignedIn } from './session.ts';
import { useTitle } from './use-title.ts';
import { memberWords, type MemberWords } from './words.ts';

/** The pages of a member: what is on, the library, a film, the notice board. */
function Member() {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  const route = useRoute();
  const words = memberWords[language];
  useEffect(() => {
    chooseLanguage(language);
  }, [language]);
  useFocusOnArrival(route);
  const tab = (page: 'now' | 'library' | 'notices', label: string) => (
    <Link to={{ page }} aria-current={tabOf(route) === page ? 'page' : undefined}>
      {label}
    </Link>
  );
  return (
    <div class="member">
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header>
        <Link class="logo" to={{ page: 'now' }}>
          {words.name}
          <small>{words.tagline}</small>
        </Link>
        <span class="corner">
          <Link class="quiet" to={{ page: 'sign-in' }}>
            {isSignedIn() ? words.account : words.signIn}
          </Link>
          <button class="quiet" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(other(language))}>
            {words.switchLanguage}
          </button>
        </span>
      </header>
      <main id="content" tabIndex={-1}>
        <ScreenOf route={route} words={words} language={language} />
      </main>
      <nav class="tabs" aria-label={words.name}>
        {tab('now', words.onAir)}
        {tab('library', words.library)}
        {tab('notices', words.board)}
      </nav>
    </div>
  );
}

/** Whoever reads by ear or by keyboard goes on in the screen that was opened, not in the one that is gone. */
function useFocusOnArrival(route: Route): void {
  const [screen] = addressOf(route).split('?');
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current !== screen) document.getElementById('content')?.focus({ preventScroll: true });
    shown.current = screen;
  }, [screen]);
}

const noSuchPage = new ApiError({ status: 404, code: 'not_found', detail: 'The address names no page.' });
const other = (language: Language): Language => (language === 'zh' ? 'en' : 'zh');

function ScreenOf({ route, words, language }: { route: Route; words: MemberWords; language: Language }) {
  switch (route.page) {
    case 'now':
      return <NowScreen words={words} language={language} />;
    case 'library':
      return <LibraryScreen words={words} category={route.category} query={route.query} />;
    case 'film':
      return <FilmScreen key={route.id} id={route.id} words={words} />;
    case 'programme':
      return <ProgrammeScreen key={route.startAtMs} startAtMs={route.startAtMs} words={words} language={language} />;
    case 'notices':
      return <NoticesScreen words={words} language={language} />;
    case 'sign-in':
      return <SignInScreen words={words} onSignedIn={() => goBackOr({ page: 'now' })} />;
    case 'absent':
      return <NoSuchPage words={words} />;
  }
}

function NoSuchPage({ words }: { words: MemberWords }) {
  useTitle('', words);
  return <Absent error={noSuchPage} words={words} gone={words.noSuchPage} />;
}

function tabOf({ page }: Route): Route['page'] {
  if (page === 'film') return 'library';
  return page === 'programme' ? 'now' : page;
}

const place = document.getElementById('app');
if (place !== null) render(<Member />, place);
keepSending(qualityOutbox);
