/** @jsxImportSource preact */
import { options, render } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { coverOf, urgentTitle } from '../shared/channel-news.ts';
import { chooseLanguage, chosenLanguage, type Language } from '../shared/language.ts';
import { useChannelNews } from '../shared/use-channel-news.ts';
import { useNow } from '../shared/use-loaded.ts';
import { Picture, type PictureControl, useSeen } from './picture.tsx';
import { firstScreens, goneBack, type Moves, opened, type Screen, topOf } from './screen.ts';
import { BoardScreen } from './screens/board.tsx';
import { FilmScreen } from './screens/film.tsx';
import { HelpScreen } from './screens/help.tsx';
import { HomeScreen } from './screens/home.tsx';
import { LibraryScreen } from './screens/library.tsx';
import { LiveScreen } from './screens/live.tsx';
import { phaseText, PlayerScreen } from './screens/player.tsx';
import { TodayScreen } from './screens/today.tsx';
import { call, loadLive, seenChannel, serverClock } from './station.ts';
import './station.css';
import { StatusBar } from './status-bar.tsx';
import { listenToRemote } from './use-remote.ts';
import { type StationWords, stationWords } from './words.ts';

let tellKey: () => void = () => undefined;

/** Whether a gesture was made; engines that cannot say let pictures have sound without. */
const mayHaveSound = (): boolean => !('userActivation' in navigator) || navigator.userActivation.hasBeenActive;

/** The page of one television: the live channel below, screens above it. */
function Station() {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  const [screens, setScreens] = useState(firstScreens);
  const [phase, setPhase] = useSeen();
  const [soundOn, setSoundOn] = useState(false);
  const words = stationWords[language];
  const top = topOf(screens);
  const news = useChannelNews(seenChannel, call);
  const now = useNow(serverClock.nowMs, 1000);
  const cover = coverOf(news, now);
  const urgent = urgentTitle(news, now);
  const moves = useMemo<Moves>(
    () => ({
      open: (screen) => setScreens((known) => opened(known, screen)),
      back: () => setScreens(goneBack),
      live: () => setScreens(firstScreens),
    }),
    [],
  );
  useEffect(() => {
    tellKey = () => {
      // BACK is no gesture to a browser: sound without one would stop the picture.
      if (mayHaveSound()) setSoundOn(true);
      if (live.current?.video.paused === true) live.current.playback?.retryNow();
    };
  }, []);
  const live = useRef<PictureControl | undefined>(undefined);
  const onLanguage = useCallback(() => {
    const other = language === 'zh' ? 'en' : 'zh';
    chooseLanguage(other);
    setLanguage(other);
  }, [language]);
  const said = news?.cut !== undefined ? (news.cut.drill ? words.drill : words.adjusted) : undefined;
  const inserted = urgent === undefined ? undefined : words.urgent(urgent);
  const trouble = phase === 'gone' ? words.noChannel : phaseText(phase, words);
  const hint = trouble ?? said ?? inserted ?? (soundOn ? undefined : words.noSound);
  return (
    <main class={`station on-${top.name}`} data-phase={phase}>
      {top.name === 'player' ? null : (
        <Picture
          source="live"
          mode="live"
          load={loadLive}
          muted={!soundOn || cover !== undefined}
          onPhase={setPhase}
          onControl={(control) => (live.current = control)}
        />
      )}
      {cover === undefined || top.name === 'player' ? null : (
        <div class="cover" role="status" data-cover={cover}>
          <h1>{cover === 'drill' ? words.drill : words.adjusted}</h1>
          <p>{words.adjustedCure}</p>
        </div>
      )}
      {hint !== undefined && top.name === 'live' ? (
        <div class="hint" role="status">
          {hint}
        </div>
      ) : null}
      <ScreenOf screen={top} words={words} moves={moves} language={language} onLanguage={onLanguage} />
      {top.name === 'player' ? null : (
        <StatusBar
          words={words}
          language={language}
          connected={phase !== 'recovering' && phase !== 'stalled' && phase !== 'unreachable'}
        />
      )}
    </main>
  );
}

interface ScreenProps {
  readonly screen: Screen;
  readonly words: StationWords;
  readonly moves: Moves;
  readonly language: Language;
  readonly onLanguage: () => void;
}

function ScreenOf({ screen, words, moves, language, onLanguage }: ScreenProps) {
  switch (screen.name) {
    case 'live':
      return <LiveScreen words={words} moves={moves} />;
    case 'home':
      return <HomeScreen words={words} moves={moves} onLanguage={onLanguage} />;
    case 'today':
      return <TodayScreen words={words} moves={moves} />;
    case 'library':
      return <LibraryScreen words={words} moves={moves} />;
    case 'film':
      return <FilmScreen words={words} moves={moves} film={screen.film} />;
    case 'player':
      return <PlayerScreen key={screen.key} words={words} moves={moves} screen={screen} />;
    case 'board':
      return <BoardScreen words={words} moves={moves} language={language} />;
    case 'help':
      return <HelpScreen words={words} moves={moves} />;
  }
}

// Preact waits with `queueMicrotask`, which engines before Chrome 71 do not have.
options.debounceRendering = (work) => void Promise.resolve().then(work);
chooseLanguage(chosenLanguage());
listenToRemote(() => tellKey());
const place = document.getElementById('app');
if (place !== null) render(<Station />, place);
