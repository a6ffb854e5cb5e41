/** @jsxImportSource preact */
import { options, render } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { coverOf, urgentTitle } from '../shared/channel-news.ts';
import { chooseLanguage, chosenLanguage, type Language } from '../shared/language.ts';
import { keepSending } from '../shared/quality-outbox.ts';
import { useChannelNews } from '../shared/use-channel-news.ts';
import { useLoaded, useNow } from '../shared/use-loaded.ts';
import { whenSoundIsFree } from './free-sound.ts';
import { isIdle, notIdle } from './idle.ts';
import { dueMustWatch, skipsOfBox } from './must-watch.ts';
import { Panel } from './notice.tsx';
import { lastingTrouble, phaseText } from './phase-text.ts';
import { Picture, type PictureControl, useSeen } from './picture.tsx';
import { firstScreens, goneBack, type Moves, opened, type Screens, topOf } from './screen.ts';
import { HomeScreen } from './screens/home.tsx';
import { LiveScreen } from './screens/live.tsx';
import { sharedParts } from './shared-parts.ts';
import { followShortcut } from './shortcut.ts';
import {
  call,
  firstChannel,
  letOthersLoad,
  loadChannels,
  loadGuideAround,
  loadLive,
  qualityOutbox,
  reportSkips,
  seenAt,
  serverClock,
} from './station.ts';
import './station.css';
import { StatusBar } from './status-bar.tsx';
import { useLaterScreens } from './use-later-screens.ts';
import { listenToRemote, useRemote } from './use-remote.ts';
import { type StationWords, stationWords } from './words.ts';

let tellKey: (isStrange: boolean) => void = () => undefined;

/** Whether a gesture was made; engines that cannot say let pictures have sound without. */
const mayHaveSound = (): boolean => !('userActivation' in navigator) || navigator.userActivation.hasBeenActive;

/** The device check has an address of its own, so that it can be opened before a box is hung on a wall. */
const screensAtStart: Screens = /\/probe\/?$/.test(location.pathname)
  ? opened(firstScreens, { name: 'probe' })
  : firstScreens;
const minuteMs = 60_000;

/** The page of one television: the live channel below, screens above it. */
function Station() {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  const [screens, setScreens] = useState(screensAtStart);
  const [seen, setPhase] = useSeen();
  const [soundOn, setSoundOn] = useState(false);
  const { channel, name, tune, reset } = useChannels();
  const words = stationWords[language];
  const top = topOf(screens);
  const showsChannel = top.name !== 'player' && top.name !== 'probe';
  const picture = top.name === 'player' ? top.key : showsChannel ? channel : '';
  const [seenPicture, setSeenPicture] = useState(picture);
  // What was seen of one picture says nothing about the next.
  const phase = seenPicture === picture ? seen : 'starting';
  if (seenPicture !== picture) {
    setSeenPicture(picture);
    setPhase('starting');
  }
  const live = useRef<PictureControl | undefined>(undefined);
  const [hasPlayed, setHasPlayed] = useState(false);
  const later = useLaterScreens(hasPlayed || (top.name !== 'live' && top.name !== 'home'));
  const news = useChannelNews(seenAt(channel), call);
  const now = useNow(serverClock.nowMs, 1000);
  const cover = coverOf(news, now);
  const urgent = urgentTitle(news, now);
  const moves = useMemo<Moves>(
    () => ({
      open: (screen) => setScreens((known) => opened(known, screen)),
      back: () => setScreens(goneBack),
      live: () => {
        reset();
        setScreens(firstScreens);
      },
      tune,
    }),
    [tune, reset],
  );
  useEffect(() => {
    if (phase !== 'playing') return;
    letOthersLoad();
    setHasPlayed(true);
  }, [phase]);
  // Boxes may let pages sound without a key, so that an unattended one is heard.
  useEffect(() => {
    if (hasPlayed) whenSoundIsFree(() => setSoundOn(true));
  }, [hasPlayed]);
  // Nobody pauses the channel: the browser did, because it wants a key before sound after all.
  useEffect(() => {
    const shown = live.current;
    if (phase !== 'paused' || !showsChannel || shown === undefined) return;
    shown.video.muted = true;
    setSoundOn(false);
    shown.playback?.retryNow();
  }, [phase, showsChannel]);
  useEffect(() => {
    tellKey = (isStrange) => {
      if (isStrange) moves.open({ name: 'learn' });
      // BACK is no gesture to a browser: sound without one would stop the picture.
      if (mayHaveSound()) setSoundOn(true);
      if (live.current?.video.paused === true) live.current.playback?.retryNow();
    };
  }, [moves]);
  const onLanguage = useCallback(() => {
    const other = language === 'zh' ? 'en' : 'zh';
    chooseLanguage(other);
    setLanguage(other);
  }, [language]);
  const onPlan = useWhatIsDue(now);
  const isOnPlan = top.name === 'live' && channel === firstChannel;
  const isWatching = phase === 'playing' && (isOnPlan ? !onPlan.isSlate : top.name === 'player' || top.name === 'live');
  const idle = isIdle(isWatching);
  const isAmbient = top.name === 'board' && top.ambient === true;
  const nothingAirs = onPlan.isSlate || !hasPlayed;
  useEffect(() => {
    if (nothingAirs) {
      if (idle && !isAmbient) setScreens([...firstScreens, { name: 'board', ambient: true }]);
      return;
    }
    // A station that was left alone shows the programme: also what begins, and also through a lost network.
    if (isAmbient || (idle && !isOnPlan)) moves.live();
  }, [idle, isAmbient, nothingAirs, isOnPlan, moves]);

  const said = news?.cut !== undefined ? (news.cut.drill ? words.drill : words.adjusted) : undefined;
  const inserted = urgent === undefined ? undefined : words.urgent(urgent);
  const lasting = top.name === 'live' ? lastingTrouble(phase, words) : undefined;
  const trouble = phase === 'gone' ? words.noChannel : phaseText(phase, words);
  const hint = trouble ?? said ?? inserted ?? (soundOn ? undefined : words.noSound);
  const offered = isOnPlan || top.name === 'probe' ? undefined : onPlan.due;
  return (
    <main class={`station on-${top.name} ${offered === undefined ? '' : 'is-offered'}`} data-phase={phase}>
      {showsChannel ? (
        <Picture
          source={channel === firstChannel ? 'live' : `live-${channel}`}
          mode="live"
          subject={{ channel }}
          load={() => loadLive(channel)}
          muted={!soundOn || cover !== undefined}
          onPhase={setPhase}
          onControl={(control) => (live.current = control)}
        />
      ) : null}
      {cover === undefined || !showsChannel ? null : (
        <div class="cover" role="status" data-cover={cover}>
          <h1>{cover === 'drill' ? words.drill : words.adjusted}</h1>
          <p>{words.adjustedCure}</p>
        </div>
      )}
      {lasting === undefined ? null : (
        <div class="cover" role="status" data-trouble={phase}>
          <h1 class="cover-trouble">{lasting[0]}</h1>
          <p>{lasting[1]}</p>
        </div>
      )}
      {hint !== undefined && lasting === undefined && top.name === 'live' ? (
        <div class="hint" role="status">
          {hint}
        </div>
      ) : null}
      {top.name === 'live' ? (
        <LiveScreen key={channel} words={words} moves={moves} channel={channel} name={name} />
      ) : top.name === 'home' ? (
        <HomeScreen words={words} moves={moves} onLanguage={onLanguage} />
      ) : later === undefined ? (
        <Awaited words={words} moves={moves} />
      ) : (
        <later.LaterScreen
          {...{ screen: top, words, moves, channel, language, onLanguage, phase, onPhase: setPhase }}
        />
      )}
      {offered === undefined || later === undefined ? null : (
        <later.MustWatchOffer
          key={`${offered.id}-${screens.length}-${top.name}`}
          words={words}
          item={offered}
          onStart={moves.live}
          onSkipped={() => {
            onPlan.look();
            void reportSkips();
          }}
        />
      )}
      <StatusBar
        words={words}
        language={language}
        isSmall={top.name === 'player'}
        connected={phase !== 'recovering' && phase !== 'stalled' && phase !== 'unreachable'}
      />
    </main>
  );
}

/** The second script is on its way. */
function Awaited({ words, moves }: { words: StationWords; moves: Moves }) {
  useRemote((action) => {
    if (action === 'back') moves.back();
    else followShortcut(action, moves);
  });
  return <Panel title={words.station} said={words.loading} />;
}

/** The channels that may be watched here; the remote goes through them in a circle. */
function useChannels() {
  const [channel, setChannel] = useState(firstChannel);
  const known = useLoaded('channels', loadChannels, 10 * minuteMs).value ?? [];
  const newest = useRef(known);
  newest.current = known;
  const tune = useCallback((step: 1 | -1) => {
    const codes = newest.current.map(({ code }) => code);
    setChannel((now) => codes[(codes.indexOf(now) + step + codes.length) % codes.length] ?? firstChannel);
  }, []);
  const reset = useCallback(() => setChannel(firstChannel), []);
  // Where there is one channel, its name says nothing.
  const name = known.length > 1 ? known.find(({ code }) => code === channel)?.name : undefined;
  return { channel, name, tune, reset };
}

/** What the county's plan wants of this station now: a must-watch item that is about to start, or nothing at all. */
function useWhatIsDue(nowMs: number) {
  const [, setLooked] = useState(0);
  const look = useCallback(() => setLooked((count) => count + 1), []);
  const around = { beforeMs: 2 * minuteMs, afterMs: 10 * minuteMs, fillers: 'each' } as const;
  const items = useLoaded('due', () => loadGuideAround(firstChannel, around), 30_000).value?.items ?? [];
  const current = items.find((item) => item.startAtMs <= nowMs && nowMs < item.endAtMs);
  return {
    due: dueMustWatch(items, nowMs, skipsOfBox()),
    isSlate: current === undefined || current.kind === 'slate',
    look,
  };
}

Object.assign(window, { yuanboParts: sharedParts });
// Preact waits with `queueMicrotask`, which engines before Chrome 71 do not have.
options.debounceRendering = (work) => void Promise.resolve().then(work);
chooseLanguage(chosenLanguage());
listenToRemote((isStrange) => {
  notIdle();
  tellKey(isStrange);
});
const place = document.getElementById('app');
if (place !== null) render(<Station />, place);
keepSending({
  flush: (leaving) => {
    if (!leaving) void reportSkips();
    return qualityOutbox.flush(leaving);
  },
});
