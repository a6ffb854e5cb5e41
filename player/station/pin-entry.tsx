/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { moveFocus } from './focus.ts';
import { pinLength } from './pin.ts';
import { digitOf } from './shortcut.ts';
import { useRemote } from './use-remote.ts';
import type { StationWords } from './words.ts';

const pad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;
/** Three rows of three, and the zero below the middle. */
const rows = [pad.slice(0, 3), pad.slice(3, 6), pad.slice(6, 9), pad.slice(9)];

interface PinEntryProps {
  readonly words: StationWords;
  readonly title: string;
  /** What one should know before one types. */
  readonly hint?: string | undefined;
  readonly isRight: (digits: string) => boolean;
  readonly onRight: (digits: string) => void;
  readonly onBack: () => void;
}

/** Four digits, by the digit keys or, on remotes that have none, with arrows and OK on a pad. */
export function PinEntry({ words, title, hint, isRight, onRight, onBack }: PinEntryProps) {
  const [digits, setDigits] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [focus, setFocus] = useState({ row: 0, columns: [1, 1, 1, 0] as readonly number[] });
  const column = Math.min(focus.columns[focus.row] ?? 0, (rows[focus.row]?.length ?? 1) - 1);
  const type = (digit: string) => {
    const typed = digits + digit;
    setWrong(false);
    const isWhole = typed.length === pinLength;
    setDigits(isWhole ? '' : typed);
    if (isWhole && isRight(typed)) onRight(typed);
    else if (isWhole) setWrong(true);
  };
  useRemote((action) => {
    const digit = action === 'ok' ? rows[focus.row]?.[column] : digitOf(action);
    if (digit !== undefined) return type(digit);
    if (action === 'back' && digits === '') return onBack();
    if (action === 'back') return setDigits(digits.slice(0, -1));
    setFocus(
      moveFocus(
        focus,
        action,
        rows.map((row) => row.length),
      ) ?? focus,
    );
  });
  return (
    <div class="screen panel pin">
      <h1>{title}</h1>
      {hint === undefined ? null : <p class="search-line">{hint}</p>}
      <p class="pin-digits" role="status">
        {isWrong ? words.wrongPin : '●'.repeat(digits.length) + '○'.repeat(pinLength - digits.length)}
      </p>
      {rows.map((row, at) => (
        <div class="pin-row" key={row[0]}>
          {row.map((digit, place) => (
            <div
              key={digit}
              role="button"
              class={`button ${focus.row === at && place === column ? 'focus' : ''}`}
              onClick={() => type(digit)}
            >
              {digit}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
