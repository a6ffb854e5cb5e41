/** @jsxImportSource preact */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Board } from '../../media/contract/notices.ts';
import { createApi } from '../shared/api.ts';
import { ApiError } from '../shared/api-error.ts';
import { chooseLanguage, chosenLanguage, type Language } from '../shared/language.ts';
import { createServerClock } from '../shared/server-clock.ts';
import { useLoaded, useNow } from '../shared/use-loaded.ts';
import './board.css';
import { boardMode } from './board-mode.ts';
import { Paper } from './paper.tsx';
import { Screen } from './screen.tsx';
import { Television } from './television.tsx';
import { boardWords } from './words.ts';

const call = createApi();
const clock = createServerClock();
const place = /^\/board\/([a-z][a-z0-9-]*)/.exec(location.pathname)?.[1] ?? 'county';
const mode = boardMode(location.search);

async function loadBoard(): Promise<Board> {
  const sentAtMs = performance.now();
  const board = await call('boardJson', { params: { place } });
  clock.observe({ sentAtMs, receivedAtMs: performance.now(), serverAtMs: board.serverAtMs });
  return board;
}

/** The notice board of one place: on a television, on a phone, on paper. It renews itself. */
function BoardPage() {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  const words = boardWords[language];
  const board = useLoaded('board', loadBoard, 30_000);
  const nowMs = useNow(clock.nowMs, 5000);
  const title = board.value?.title;
  useEffect(() => {
    chooseLanguage(language);
    document.title = `${title ?? ''} ${words.kind}`;
  }, [language, title, words]);
  if (board.value === undefined) {
    const isUnknown = board.error instanceof ApiError && board.error.code === 'not_found';
    return (
      <main>
        <p class="empty" role="status">
          {isUnknown ? words.unknown : board.error === undefined ? words.loading : words.unreachable}
          <small>{isUnknown ? words.unknownCure : ''}</small>
        </p>
      </main>
    );
  }
  const shown = { board: board.value, words, language, nowMs };
  const isOffline = board.error !== undefined;
  if ('paper' in mode) return <Paper {...shown} mode={mode} />;
  if (mode.kind === 'television') return <Television {...shown} isOffline={isOffline} />;
  return <Screen {...shown} isOffline={isOffline} onLanguage={setLanguage} />;
}

const root = document.getElementById('app');
if (root !== null) render(<BoardPage />, root);
