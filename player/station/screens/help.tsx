/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { useLoaded } from '../../shared/use-loaded.ts';
import { ButtonRow } from '../button-row.tsx';
import { columnOf, firstFocus, moveFocus } from '../focus.ts';
import type { Moves } from '../screen.ts';
import { followShortcut } from '../shortcut.ts';
import { loadBoard } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

/** The three causes behind most calls for repair, with what to do; below them the device check and the settings. */
export function HelpScreen({ words, moves }: { words: StationWords; moves: Moves }) {
  const [focus, setFocus] = useState(firstFocus);
  const hotline = useLoaded('hotline', loadBoard, 600_000).value?.hotline;
  const buttons = [
    { label: words.probe, go: () => moves.open({ name: 'probe' }) },
    { label: words.settings, go: () => moves.open({ name: 'settings' }) },
    { label: words.back, go: moves.back },
  ];
  const at = columnOf(focus, 0, buttons.length);
  useRemote((action) => {
    if (action === 'back') return moves.back();
    if (action === 'ok') return buttons[at]?.go();
    if (followShortcut(action, moves)) return;
    setFocus(moveFocus(focus, action, [buttons.length]) ?? focus);
  });
  return (
    <div class="screen panel help">
      <h1>
        {words.helpTitle}
        {hotline === undefined ? null : <small>☎ {hotline}</small>}
      </h1>
      <div class="help-cards">
        {words.helpCards.map(({ sign, title, steps }) => (
          <div class="help-card" key={title}>
            <h2>
              <span class="help-sign">{sign}</span>
              {title}
            </h2>
            {steps.map((step, index) => (
              <p key={step}>
                <b>{index + 1}</b> {step}
              </p>
            ))}
          </div>
        ))}
      </div>
      <ButtonRow buttons={buttons} at={at} />
    </div>
  );
}
