import { Segmented } from 'antd';
import { lengthText } from '../../../shared/county-clock.ts';
import { useWords } from '../../words/words.tsx';
import { readLength } from '../clock-text.ts';
import { TypedField } from '../typed-field.tsx';
import type { BoardEntry } from './board-entries.ts';
import { followable } from './board-starts.ts';
import type { Board } from './use-board.ts';
import type { BoardDeeds } from './use-board-deeds.ts';

/** How long an item may wait that had an exact start until now. */
const usualLateMs = 5 * 60_000;
const kinds = ['hard', 'soft', 'follow'] as const;

/** How the chosen item begins, to be seen and changed. */
export function StartKind(props: { readonly board: Board; readonly deeds: BoardDeeds; readonly chosen: BoardEntry }) {
  const { board, deeds, chosen } = props;
  const { planning, board: words } = useWords();
  const { starts } = words;
  const { startMode, maxLateMs } = chosen.row;
  const late = lengthText(maxLateMs);
  if (!board.isEditable || chosen.isFrozen)
    return <p>{startMode === 'soft' ? starts.softBy(late) : starts[startMode]}</p>;
  const mayFollow = startMode === 'follow' || followable(board.draft.rows, chosen) !== undefined;
  return (
    <div className="chosen-start">
      <Segmented
        size="small"
        aria-label={starts.label}
        value={startMode}
        options={kinds.map((kind) => ({
          value: kind,
          label: starts[kind],
          disabled: kind === 'follow' && !mayFollow,
          ...(kind === 'follow' && !mayFollow ? { title: starts.nothingToFollow } : {}),
        }))}
        onChange={(kind) => deeds.start(chosen, { startMode: kind, maxLateMs: kind === 'soft' ? usualLateMs : 0 })}
      />
      {startMode === 'soft' ? (
        <label>
          {starts.lateBy}{' '}
          <TypedField
            label={starts.lateBy}
            hint={planning.page.badLength}
            value={late}
            read={readLength}
            onRead={(ms) => deeds.start(chosen, { startMode: 'soft', maxLateMs: ms })}
          />
        </label>
      ) : null}
    </div>
  );
}
