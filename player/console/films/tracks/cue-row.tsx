import { Button, Input } from 'antd';
import type { KeyboardEvent } from 'react';
import { cueClock } from '../../../../media/film/cue.ts';
import { useWords } from '../../words/words.tsx';
import { type EditedCue, readTime, timeTrouble } from './edited-cues.ts';

interface CueRowInput {
  readonly cue: EditedCue;
  /** It is to be seen where the player stands. */
  readonly isShown: boolean;
  readonly isFixed: boolean;
  readonly onChange: (cue: EditedCue) => void;
  readonly onRemove: () => void;
  readonly onJump: (ms: number) => void;
  readonly onInsert: (atMs: number) => void;
  /** The player's position in ms. */
  readonly here: () => number;
}

/** One cue: its times, its text, and what the keyboard does with it. */
export function CueRow({ cue, isShown, isFixed, onChange, onRemove, onJump, onInsert, here }: CueRowInput) {
  const said = useWords().tracks.editor;
  const trouble = timeTrouble(cue);
  const jump = () => onJump(readTime(cue.start) ?? 0);
  const setStart = () => onChange({ ...cue, start: cueClock(here()) });
  const setEnd = () => onChange({ ...cue, end: cueClock(here()) });
  const keys: Readonly<Record<string, () => void>> = {
    KeyJ: jump,
    ...(isFixed ? {} : { KeyS: setStart, KeyE: setEnd, KeyN: () => onInsert(readTime(cue.end) ?? here()) }),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const deed = event.altKey ? keys[event.code] : undefined;
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  };
  return (
    <div className={`cue-row${isShown ? ' cue-row-shown' : ''}`} data-cue={cue.key} onKeyDown={onKeyDown}>
      <div className="cue-times">
        <Input
          size="small"
          aria-label={said.start}
          value={cue.start}
          readOnly={isFixed}
          {...(trouble === 'start' ? { status: 'error' as const } : {})}
          onChange={(event) => onChange({ ...cue, start: event.target.value })}
        />
        <Input
          size="small"
          aria-label={said.end}
          value={cue.end}
          readOnly={isFixed}
          {...(trouble === 'end' || trouble === 'order' ? { status: 'error' as const } : {})}
          onChange={(event) => onChange({ ...cue, end: event.target.value })}
        />
      </div>
      <Input.TextArea
        aria-label={said.text}
        value={cue.text}
        readOnly={isFixed}
        maxLength={1000}
        autoSize={{ minRows: 1, maxRows: 4 }}
        onChange={(event) => onChange({ ...cue, text: event.target.value })}
      />
      <div className="cue-deeds">
        <Button size="small" onClick={jump}>
          {said.jump}
        </Button>
        {isFixed ? null : (
          <>
            <Button size="small" onClick={setStart}>
              {said.setStart}
            </Button>
            <Button size="small" onClick={setEnd}>
              {said.setEnd}
            </Button>
            <Button size="small" danger onClick={onRemove}>
              {said.remove}
            </Button>
          </>
        )}
      </div>
      {trouble === undefined ? null : (
        <p className="track-problem">{trouble === 'order' ? said.endsEarly : said.wrongTime}</p>
      )}
    </div>
  );
}
