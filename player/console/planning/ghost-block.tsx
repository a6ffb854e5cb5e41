import { AimOutlined, DeleteOutlined, EditOutlined, RetweetOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import type { Finding } from '../../../media/contract/planning.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';
import { showClock } from './clock-text.ts';
import { FindingText } from './finding-list.tsx';
import { timesOf } from './plan-rows.ts';
import { type Block, detachDay, endBefore, exceptDay } from './repeat-rows.ts';
import { type Draft, freshRowId } from './use-draft.ts';

/** Lines that air on this day because they repeat; they are changed where they are listed, or taken out of this day. */
export function GhostBlock(props: {
  readonly block: Block;
  /** Day under which the lines are listed. */
  readonly listedOn: string;
  readonly findings: readonly Finding[];
  readonly draft: Draft;
  readonly isEditable: boolean;
  readonly onRule: () => void;
}) {
  const { block, draft, isEditable, onRule } = props;
  const words = useWords();
  const said = words.repeats;
  const clock = useClock();
  const [first] = block;
  const { id, day } = first;
  const times = timesOf(block, clock.zone);
  const deeds = {
    thisDay: () => draft.edit((rows) => exceptDay(rows, id, day)),
    following: () => draft.edit((rows) => endBefore(rows, id, day)),
    detach: () => draft.edit((rows) => detachDay(rows, id, day, freshRowId)),
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const deed = deedOf(event);
    if (deed === undefined || (deed !== 'rule' && !isEditable)) return;
    event.preventDefault();
    if (deed === 'rule') onRule();
    else deeds[deed]();
  };
  const at = (atMs: number | undefined) => (atMs === undefined ? '' : showClock(clock.exact(atMs).slice(11)));
  const title = first.title ?? first.filmTitle;
  return (
    <li
      className="ghost"
      tabIndex={0}
      aria-label={said.ghostLabel(showClock(first.clock), title)}
      onKeyDown={onKeyDown}
    >
      <RetweetOutlined className="ghost-mark" aria-hidden />
      <ul className="ghost-lines">
        {block.map((row) => {
          const { startAtMs, endAtMs } = times.get(row.id) ?? {};
          return (
            <li key={row.id}>
              <span className="ghost-clock">{startAtMs === undefined ? showClock(row.clock) : at(startAtMs)}</span>
              <span className="film-title">{row.title ?? row.filmTitle}</span>
              {row.mustWatch ? <Tag color="red">{words.planning.page.mustWatch}</Tag> : null}
              <span className="muted">
                {startAtMs === undefined || endAtMs === undefined ? '' : lengthText(endAtMs - startAtMs)}
              </span>
            </li>
          );
        })}
      </ul>
      <span className="ghost-side">
        <Button type="link" size="small" icon={<AimOutlined />} title={said.toRule} onClick={onRule}>
          {said.ghost(props.listedOn.slice(5).replace('-', '/'))}
        </Button>
        {isEditable ? (
          <>
            <GhostButton label={said.detach} icon={<EditOutlined />} act={deeds.detach} />
            <GhostButton label={said.thisDay} icon={<DeleteOutlined />} act={deeds.thisDay} />
            <GhostButton label={said.following} icon={<StopOutlined />} act={deeds.following} />
          </>
        ) : null}
      </span>
      {props.findings.length === 0 ? null : (
        <div className="row-findings">
          {props.findings.map((finding, index) => (
            <FindingText key={`${finding.code}-${index}`} finding={finding} />
          ))}
        </div>
      )}
    </li>
  );
}

type Deed = 'thisDay' | 'following' | 'detach' | 'rule';

function deedOf({ key, shiftKey }: React.KeyboardEvent): Deed | undefined {
  if (key === 'Delete') return shiftKey ? 'following' : 'thisDay';
  if (key === 'Enter') return 'rule';
  return key.toLowerCase() === 'e' ? 'detach' : undefined;
}

function GhostButton({
  label,
  icon,
  act,
}: {
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly act: () => void;
}) {
  return <Button type="text" size="small" icon={icon} aria-label={label} title={label} onClick={act} />;
}
