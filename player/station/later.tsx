/** @jsxImportSource preact */
import type { Language } from '../shared/language.ts';
import { LearnKeys } from './learn-keys.tsx';
import type { Seen } from './picture.tsx';
import type { Moves, Screen } from './screen.ts';
import { BoardScreen } from './screens/board.tsx';
import { FilmScreen } from './screens/film.tsx';
import { HelpScreen } from './screens/help.tsx';
import { LibraryScreen } from './screens/library.tsx';
import { PlayerScreen } from './screens/player.tsx';
import { ProbeScreen } from './screens/probe.tsx';
import { SettingsScreen } from './screens/settings.tsx';
import { TodayScreen } from './screens/today.tsx';
import type { StationWords } from './words.ts';

export { MustWatchOffer } from './must-watch-offer.tsx';

/** What every screen of the second script is given. */
export interface LaterScreenProps {
  readonly screen: Screen;
  readonly words: StationWords;
  readonly moves: Moves;
  readonly channel: string;
  readonly language: Language;
  readonly onLanguage: () => void;
  readonly phase: Seen;
  readonly onPhase: (seen: Seen) => void;
}

/** Every screen that one opens from the live picture or from home. */
export function LaterScreen({ screen, words, moves, channel, language, onLanguage, phase, onPhase }: LaterScreenProps) {
  switch (screen.name) {
    case 'live':
    case 'home':
      return null;
    case 'today':
      return <TodayScreen words={words} moves={moves} channel={channel} />;
    case 'library':
      return <LibraryScreen words={words} moves={moves} channel={channel} />;
    case 'film':
      return <FilmScreen words={words} moves={moves} film={screen.film} />;
    case 'player':
      return (
        <PlayerScreen key={screen.key} words={words} moves={moves} screen={screen} phase={phase} onPhase={onPhase} />
      );
    case 'board':
      return <BoardScreen words={words} moves={moves} language={language} isAmbient={screen.ambient === true} />;
    case 'help':
      return <HelpScreen words={words} moves={moves} />;
    case 'settings':
      return <SettingsScreen words={words} moves={moves} onLanguage={onLanguage} />;
    case 'learn':
      return <LearnKeys words={words} onDone={moves.back} />;
    case 'probe':
      return <ProbeScreen words={words} moves={moves} />;
  }
}
