import { LeftOutlined, QuestionOutlined, RightOutlined, UnlockOutlined } from '@ant-design/icons';
import { Button, Checkbox, type InputRef, Tooltip } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { addCivilDays } from '../../../../media/grid/civil-time.ts';
import { useWords } from '../../words/words.tsx';
import { FindingList } from '../finding-list.tsx';
import type { PlanView } from '../plan-view.tsx';
import './board.css';
import { slotFilm } from './board-edits.ts';
import { BoardCalendar } from './board-calendar.tsx';
import { cursorOn } from './board-cursor.ts';
import { type BoardEntry, boardEntries } from './board-entries.ts';
import { BoardHelp } from './board-help.tsx';
import { useBoardKeys } from './board-keys.ts';
import { ChosenItem } from './chosen-item.tsx';
import { FilmLibrary } from './film-library.tsx';
import { turned } from './shown-days.ts';
import { type Board, type BoardInput, useBoard } from './use-board.ts';
import { useBoardClipboard } from './use-board-clipboard.ts';
import { useBoardDeeds } from './use-board-deeds.ts';
import { useClock } from '../../parts/use-clock.ts';

/** The plan as a calendar with the film library beside it, all of it also by keyboard. */
export function PlanBoard({
  onView,
  onEdit,
  ...input
}: BoardInput & {
  readonly onView: (view: PlanView) => void;
  readonly onEdit: (rowId: string) => void;
}) {
  const words = useWords().board;
  const board = useBoard(input);
  const deeds = useBoardDeeds(board);
  const clipboard = useBoardClipboard(board, deeds);
  const surface = useRef<HTMLDivElement>(null);
  const search = useRef<InputRef>(null);
  const side = useRef<HTMLDivElement>(null);
  const [isHelping, setIsHelping] = useState(false);
  const focus = () => surface.current?.focus({ preventScroll: true });
  useEffect(focus, []);
  const onKeyDown = useBoardKeys(board, deeds, {
    onView,
    onEdit: ({ row }) => onEdit(row.id),
    onLibrary: () => search.current?.focus(),
    onStart: () => side.current?.querySelector<HTMLInputElement>('.chosen-start input:checked')?.focus(),
    onHelp: () => setIsHelping(true),
  });
  const goToRow = useGoToRow(board, focus);
  return (
    <div className={board.isEditable ? 'board-body' : 'board-body board-body-plain'}>
      <div className="board-main">
        <BoardHead
          board={board}
          onHelp={() => setIsHelping(true)}
          onSlot={() => {
            board.setFilm(slotFilm);
            focus();
          }}
        />
        <div
          ref={surface}
          className={`board board-${board.span}`}
          role="application"
          tabIndex={0}
          aria-label={words.label}
          onKeyDown={onKeyDown}
          onCopy={clipboard.onCopy}
          onCut={clipboard.onCut}
          onPaste={clipboard.onPaste}
          onClick={focus}
        >
          <BoardCalendar
            board={board}
            deeds={deeds}
            onDay={(day) => {
              board.setCursor({ day });
              onView('day');
            }}
          />
        </div>
        <p className="board-said" role="status">
          {board.said}
        </p>
      </div>
      <div className="board-side" ref={side}>
        {board.isEditable ? (
          <FilmLibrary film={board.film} onFilm={board.setFilm} onChosen={focus} search={search} />
        ) : null}
        <ChosenItem board={board} deeds={deeds} onEdit={({ row }) => onEdit(row.id)} onCopy={clipboard.copy} />
        <FindingList plan={board.plan} rows={board.draft.rows} isDirty={board.draft.isDirty} onRow={goToRow} />
      </div>
      <BoardHelp
        open={isHelping}
        onClose={() => {
          setIsHelping(false);
          focus();
        }}
      />
    </div>
  );
}

/** Puts the cursor on the first airing of a line. */
function useGoToRow(board: Board, focus: () => void): (rowId: string) => void {
  const { zone } = useClock();
  const isOf = (rowId: string) => (entry: BoardEntry) => entry.row.id === rowId;
  return (rowId) => {
    const row = board.draft.rows.find(({ id }) => id === rowId);
    if (row === undefined) return;
    const facts = { zone, findings: [], nowMs: 0 };
    const entry = board.entries.find(isOf(rowId)) ?? boardEntries(board.draft.rows, [row.day], facts).find(isOf(rowId));
    board.setCursor(entry === undefined ? { day: row.day } : cursorOn(entry, zone));
    focus();
  };
}

/** Which days are shown, the ways to turn the page, and what holds for every change. */
function BoardHead({
  board,
  onHelp,
  onSlot,
}: {
  readonly board: Board;
  readonly onHelp: () => void;
  readonly onSlot: () => void;
}) {
  const words = useWords().board;
  const { span, cursor, planDays, shown } = board;
  const last = addCivilDays(shown.to, -1);
  const turn = (by: -1 | 1) => {
    const day = turned(span, cursor.day, by, planDays);
    board.setCursor(cursor.clock === undefined || span === 'month' ? { day } : { day, clock: cursor.clock });
  };
  return (
    <div className="board-head">
      <Button
        icon={<LeftOutlined />}
        aria-label={words.previous}
        disabled={shown.from <= planDays.first}
        onClick={() => turn(-1)}
      />
      <Button
        icon={<RightOutlined />}
        aria-label={words.next}
        disabled={last >= planDays.last}
        onClick={() => turn(1)}
      />
      <strong>{shown.from === last ? last : `${shown.from} – ${last}`}</strong>
      <span className="board-head-end">
        {board.isEditable && board.plan.place === undefined ? (
          <Button size="small" icon={<UnlockOutlined />} onClick={onSlot}>
            {words.slot}
          </Button>
        ) : null}
        {board.isEditable ? (
          <Tooltip title={words.rippleHint}>
            <Checkbox checked={board.isRippling} onChange={({ target }) => board.setIsRippling(target.checked)}>
              {words.ripple}
            </Checkbox>
          </Tooltip>
        ) : null}
        <Button size="small" icon={<QuestionOutlined />} onClick={onHelp}>
          {words.help}
        </Button>
      </span>
    </div>
  );
}
