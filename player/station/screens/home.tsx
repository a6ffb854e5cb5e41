/** @jsxImportSource preact */
import { columnOf, moveFocus } from '../focus.ts';
import { useKeptFocus } from '../kept-focus.ts';
import type { Moves } from '../screen.ts';
import { followShortcut, openTile, tileScreens } from '../shortcut.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

/** Five tiles, which are also keys 1 to 5; the live picture goes on behind them. */
export function HomeScreen({
  words,
  moves,
  onLanguage,
}: {
  words: StationWords;
  moves: Moves;
  onLanguage: () => void;
}) {
  const [focus, setFocus] = useKeptFocus('home');
  const tiles = tileScreens.map((name) => ({ label: words[name], icon: name, go: () => openTile(name, moves) }));
  const lengths = [tiles.length, 1];
  const at = columnOf(focus, 0, tiles.length);
  useRemote((action) => {
    if (action === 'back') return moves.live();
    if (action === 'ok') return focus.row === 1 ? onLanguage() : tiles[at]?.go();
    if (followShortcut(action, moves)) return;
    setFocus(moveFocus(focus, action, lengths) ?? focus);
  });
  return (
    <div class="screen home">
      <div class="tiles" role="menu">
        {tiles.map((tile, index) => (
          <div
            key={tile.icon}
            role="menuitem"
            class={`tile tile-${tile.icon} ${focus.row === 0 && index === at ? 'focus' : ''}`}
            onClick={tile.go}
          >
            <span class="tile-number">{index + 1}</span>
            <span class="tile-label">{tile.label}</span>
          </div>
        ))}
      </div>
      <div class={`language ${focus.row === 1 ? 'focus' : ''}`} role="button" onClick={onLanguage}>
        {words.language}
      </div>
    </div>
  );
}
