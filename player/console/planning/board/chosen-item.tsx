import { CopyOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button, Card, Space } from 'antd';
import { lengthText } from '../../../shared/county-clock.ts';
import { useClock } from '../../parts/use-clock.ts';
import { useWords } from '../../words/words.tsx';
import { showClock } from '../clock-text.ts';
import { FindingText } from '../finding-list.tsx';
import { isBareSlot } from '../plan-rows.ts';
import { gridMinutes } from './board-cursor.ts';
import { type BoardEntry, civilText } from './board-entries.ts';
import { BoardMarks } from './board-mark.tsx';
import { StartKind } from './start-kind.tsx';
import type { Board } from './use-board.ts';
import { type BoardDeeds, titleOf } from './use-board-deeds.ts';

interface ChosenInput {
  readonly board: Board;
  readonly deeds: BoardDeeds;
  readonly onEdit: (entry: BoardEntry) => void;
  readonly onCopy: () => void;
}

/** What there is to know of the item under the cursor, with its findings, and what can be done with it. */
export function ChosenItem(props: ChosenInput) {
  const { chosen } = props.board;
  const words = useWords().board.item;
  return (
    <Card size="small" className="chosen-item" title={words.title}>
      {chosen === undefined ? <Around board={props.board} /> : <Facts {...props} chosen={chosen} />}
    </Card>
  );
}

/** What airs under the cursor where the place of the plan has nothing of its own. */
function Around({ board }: Pick<ChosenInput, 'board'>) {
  const words = useWords().board.item;
  const clock = useClock();
  const { inherited, slot } = board.under;
  const there = slot ?? inherited;
  if (there === undefined || (slot === undefined && inherited?.kind !== 'item'))
    return <p className="muted">{words.none}</p>;
  const at = (atMs: number): string => showClock(civilText(atMs, clock.zone).slice(11));
  const isMust = slot === undefined && inherited?.mustWatch === true;
  return (
    <>
      <strong className="film-title">{there.title}</strong>
      <p>
        {clock.dayInWords(there.startAtMs)} {at(there.startAtMs)} – {at(there.endAtMs)} ·{' '}
        {lengthText(there.endAtMs - there.startAtMs)}
      </p>
      <BoardMarks
        marks={slot === undefined ? [...(isMust ? (['mustWatch'] as const) : []), 'locked'] : ['open']}
        withWords
      />
      <p className="muted">{slot === undefined ? words.locked : words.slot}</p>
    </>
  );
}

function Facts({ board, deeds, chosen, onEdit, onCopy }: ChosenInput & { readonly chosen: BoardEntry }) {
  const words = useWords().board.item;
  const clock = useClock();
  const { row, startAtMs, endAtMs, findings, marks } = chosen;
  const at = (atMs: number): string => showClock(civilText(atMs, clock.zone).slice(11));
  const lengthMs = endAtMs - startAtMs;
  const stepMs = gridMinutes * 60_000;
  return (
    <>
      <strong className="film-title">{titleOf(chosen)}</strong>
      <p>
        {clock.dayInWords(startAtMs)} {at(startAtMs)} – {at(endAtMs)} · {lengthText(lengthMs)}
      </p>
      <StartKind key={chosen.key} {...{ board, deeds, chosen }} />
      <BoardMarks marks={marks} withWords />
      {row.note === '' ? null : <p className="muted">{row.note}</p>}
      {chosen.isFrozen ? <p className="muted">{words.frozen}</p> : null}
      {chosen.isRepeated ? <p className="muted">{words.own}</p> : null}
      {findings.map((finding, index) => (
        <FindingText key={`${finding.code}-${index}`} finding={finding} />
      ))}
      {board.isEditable ? (
        <Space wrap size="small" className="chosen-deeds">
          <Button size="small" icon={<EditOutlined />} onClick={() => onEdit(chosen)}>
            {words.edit}
          </Button>
          <Button size="small" icon={<CopyOutlined />} onClick={onCopy}>
            {words.copy}
          </Button>
          {chosen.isFrozen || (row.filmMs === undefined && !isBareSlot(row)) ? null : (
            <>
              <Button size="small" onClick={() => deeds.resize(chosen, lengthMs - stepMs)}>
                {words.shorter}
              </Button>
              <Button size="small" onClick={() => deeds.resize(chosen, lengthMs + stepMs)}>
                {words.longer}
              </Button>
            </>
          )}
          {chosen.isFrozen ? null : (
            <Button size="small" danger icon={<DeleteOutlined />} onClick={() => deeds.remove(chosen)}>
              {words.remove}
            </Button>
          )}
        </Space>
      ) : null}
    </>
  );
}
