import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import type { Finding } from '../../../media/contract/planning.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { Nothing } from '../parts/loaded.tsx';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';
import { addRow } from './edit-rows.ts';
import { isAbout } from './finding-day.ts';
import { GhostBlock } from './ghost-block.tsx';
import { type PlanRow, timesOf } from './plan-rows.ts';
import { PlanRowLine } from './plan-row-line.tsx';
import { type Block, blocksOf, repeatsOn } from './repeat-rows.ts';
import { type Draft, freshRowId } from './use-draft.ts';

/** The lines of one day, and those of other days that repeat on it. */
export function DayRows(props: {
  readonly day: string;
  /** Last day of the plan, included. */
  readonly lastDay: string;
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  readonly isEditable: boolean;
  readonly ofPlace: boolean;
  readonly onRow: (id: string) => void;
}) {
  const { day, draft, isEditable, findings } = props;
  const words = useWords().planning.page;
  const { zone } = useClock();
  const times = useMemo(() => timesOf(draft.rows, zone), [draft.rows, zone]);
  const numbers = new Map(draft.rows.map(({ id }, index) => [id, index + 1]));
  const listed = useMemo(() => new Map(draft.rows.map((row) => [row.id, row])), [draft.rows]);
  const entries = useMemo(() => entriesOf(draft.rows, day), [draft.rows, day]);
  const add = () => draft.edit((before) => addRow(before, { day }, freshRowId(), zone));
  if (entries.length === 0) {
    return (
      <div className="plan-rows">
        <Nothing text={words.emptyDay}>
          {isEditable ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={add}>
              {words.add}
            </Button>
          ) : null}
        </Nothing>
      </div>
    );
  }
  return (
    <div className="plan-rows">
      <ol className="rows">
        {entries.map(({ block, isGhost }) =>
          isGhost ? (
            <GhostBlock
              key={`ghost-${block[0].id}`}
              block={block}
              listedOn={listed.get(block[0].id)?.day ?? day}
              findings={findings.filter((finding) => block.some(({ id }) => isAbout(finding, id, day)))}
              draft={draft}
              isEditable={isEditable}
              onRule={() => props.onRow(block[0].id)}
            />
          ) : (
            block.map((row) => (
              <PlanRowLine
                key={row.id}
                row={row}
                number={numbers.get(row.id) ?? 0}
                lastDay={props.lastDay}
                times={times.get(row.id) ?? {}}
                findings={findings.filter((finding) =>
                  block[0].repeat === undefined ? finding.itemId === row.id : isAbout(finding, row.id, day),
                )}
                draft={draft}
                isEditable={isEditable}
                ofPlace={props.ofPlace}
              />
            ))
          ),
        )}
      </ol>
      <p className="muted rows-total">
        {words.total(entries.flatMap(({ block }) => block).length, lengthText(lengthOf(entries, zone)))}
        {isEditable ? (
          <Button type="link" icon={<PlusOutlined />} onClick={add}>
            {words.add}
          </Button>
        ) : null}
      </p>
    </div>
  );
}

interface Entry {
  readonly block: Block;
  /** It is listed on another day and repeats on this one. */
  readonly isGhost: boolean;
}

/** Lines in the order of the list, with what repeats before the first one that begins later. */
function entriesOf(rows: readonly PlanRow[], day: string): readonly Entry[] {
  const entries: Entry[] = blocksOf(rows.filter((row) => row.day === day)).map((block) => ({ block, isGhost: false }));
  for (const block of repeatsOn(rows, day)) {
    const at = entries.findIndex(({ block: [first] }) => first.clock > block[0].clock);
    entries.splice(at < 0 ? entries.length : at, 0, { block, isGhost: true });
  }
  return entries;
}

function lengthOf(entries: readonly Entry[], zone: string): number {
  return entries
    .flatMap(({ block }) => [...timesOf(block, zone).values()])
    .reduce((sum, { startAtMs = 0, endAtMs }) => sum + (endAtMs === undefined ? 0 : endAtMs - startAtMs), 0);
}
