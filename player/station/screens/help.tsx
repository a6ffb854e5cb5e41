/** @jsxImportSource preact */
import type { Moves } from '../screen.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

/** The three causes behind most calls for repair, with what to do. */
export function HelpScreen({ words, moves }: { words: StationWords; moves: Moves }) {
  useRemote((action) => {
    if (action === 'back' || action === 'ok') moves.back();
  });
  return (
    <div class="screen panel">
      <h1>{words.helpTitle}</h1>
      <div class="help-cards">
        {words.helpCards.map(([title, text]) => (
          <div class="help-card" key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </div>
        ))}
      </div>
    </div>
  );
}
