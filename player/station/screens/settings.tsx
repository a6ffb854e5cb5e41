/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { remember } from '../../shared/remembered.ts';
import { deviceClass } from '../device-class.ts';
import { windowStart } from '../focus.ts';
import { LearnKeys } from '../learn-keys.tsx';
import { skipsOfBox } from '../must-watch.ts';
import { firstPin, isPin, isPinUnset, setPin } from '../pin.ts';
import { PinEntry } from '../pin-entry.tsx';
import type { Moves } from '../screen.ts';
import { county } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

type Part = 'pin' | 'menu' | 'keys' | 'new-pin' | 'skips';
interface SettingsProps {
  readonly words: StationWords;
  readonly moves: Moves;
  readonly onLanguage: () => void;
}

/** What an operator sets, behind a PIN. */
export function SettingsScreen({ words, moves, onLanguage }: SettingsProps) {
  const [part, setPart] = useState<Part>('pin');
  const place = useState(0);
  const toMenu = () => setPart('menu');
  switch (part) {
    case 'pin':
      return isPinUnset() ? (
        <NewPin words={words} mayKeepFirst onDone={toMenu} onBack={moves.back} />
      ) : (
        <PinEntry words={words} title={words.pin} isRight={isPin} onRight={toMenu} onBack={moves.back} />
      );
    case 'new-pin':
      return <NewPin words={words} onDone={toMenu} onBack={toMenu} />;
    case 'keys':
      return <LearnKeys words={words} onDone={toMenu} />;
    case 'skips':
      return <Skips words={words} onBack={toMenu} />;
    case 'menu':
      return <Menu words={words} moves={moves} onLanguage={onLanguage} onPart={setPart} place={place} />;
  }
}

interface NewPinProps {
  readonly words: StationWords;
  /** Nobody set one: who types the first PIN goes on with it. */
  readonly mayKeepFirst?: boolean;
  readonly onDone: () => void;
  readonly onBack: () => void;
}

/** Asks for another PIN twice: one that was mistyped would shut everybody out. */
function NewPin({ words, mayKeepFirst = false, onDone, onBack }: NewPinProps) {
  const [typed, setTyped] = useState<string>();
  if (typed === undefined) {
    return (
      <PinEntry
        key="first"
        words={words}
        title={words.newPin}
        hint={mayKeepFirst ? words.firstPin(firstPin) : undefined}
        isRight={() => true}
        onRight={(digits) => (mayKeepFirst && digits === firstPin ? onDone() : setTyped(digits))}
        onBack={onBack}
      />
    );
  }
  return (
    <PinEntry
      key="again"
      words={words}
      title={words.samePin}
      isRight={(digits) => digits === typed}
      onRight={(digits) => {
        setPin(digits);
        onDone();
      }}
      onBack={() => setTyped(undefined)}
    />
  );
}

interface MenuProps extends SettingsProps {
  readonly onPart: (part: Part) => void;
  /** The line with the focus, which outlives the parts that one opens. */
  readonly place: [number, (at: number) => void];
}

function Menu({ words, moves, onLanguage, onPart, place: [at, setAt] }: MenuProps) {
  const [memory, setMemory] = useState(deviceClass);
  const otherMemory = memory === 'station' ? 'station-small' : 'station';
  const lines = [
    { label: words.learnKeys, value: '', go: () => onPart('keys') },
    { label: words.languageOfPage, value: words.language, go: onLanguage },
    {
      label: words.memory,
      value: words.memoryOf[memory === 'station-small' ? 'small' : 'large'],
      go: () => {
        remember('device-class', otherMemory);
        setMemory(otherMemory);
      },
    },
    { label: words.probe, value: '', go: () => moves.open({ name: 'probe' }) },
    { label: words.skipped, value: String(skipsOfBox().length), go: () => onPart('skips') },
    { label: words.newPin, value: '', go: () => onPart('new-pin') },
    { label: words.reload, value: '', go: () => location.reload() },
  ];
  useRemote((action) => {
    if (action === 'back') return moves.back();
    if (action === 'ok') return lines[at]?.go();
    if (action === 'up') setAt(Math.max(0, at - 1));
    if (action === 'down') setAt(Math.min(lines.length - 1, at + 1));
  });
  return (
    <div class="screen panel settings">
      <h1>{words.settings}</h1>
      <div class="list">
        {lines.map((line, index) => (
          <div key={line.label} role="button" class={`row ${index === at ? 'focus' : ''}`} onClick={line.go}>
            <span class="row-title">{line.label}</span>
            <span class="row-state">{line.value}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

const shown = 7;

/** The must-watch items that were left out at this box, with their reasons, the newest first. */
function Skips({ words, onBack }: { words: StationWords; onBack: () => void }) {
  const [at, setAt] = useState(0);
  const skips = [...skipsOfBox()].reverse();
  useRemote((action) => {
    if (action === 'back' || action === 'ok') return onBack();
    if (action === 'up') setAt(Math.max(0, at - 1));
    if (action === 'down') setAt(Math.max(0, Math.min(skips.length - 1, at + 1)));
  });
  const first = windowStart(at, skips.length, shown);
  return (
    <div class="screen panel settings">
      <h1>{words.skipped}</h1>
      <p class="search-line">{words.skippedKept}</p>
      {skips.length === 0 ? <p class="empty">{words.noSkips}</p> : null}
      <div class="list">
        {skips.slice(first, first + shown).map((skip, index) => (
          <div key={skip.atMs} class={`row ${first + index === at ? 'focus' : ''}`}>
            <span class="row-day">
              {county.day(skip.startAtMs)} {county.time(skip.startAtMs)}
            </span>
            <span class="row-title">{skip.title}</span>
            <span class="row-state">{words.skipReasons[skip.reason]}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
