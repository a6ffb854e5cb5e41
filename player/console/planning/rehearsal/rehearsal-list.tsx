import { Button, Progress, Tag } from 'antd';
import type { RehearsalItem } from '../../../../media/contract/rehearsal.ts';
import { lengthText } from '../../../shared/county-clock.ts';
import { useClock } from '../../parts/use-clock.ts';
import { useWords } from '../../words/words.tsx';
import { type Airing, cutOffMs } from './airing.ts';

/** How many items behind the one on air are listed. */
const listed = 10;

/** What is on air at the instant with how far it is in, and what comes next; each row goes to its beginning. */
export function RehearsalList(props: {
  readonly items: readonly RehearsalItem[];
  readonly airing: Airing;
  readonly onJump: (atMs: number) => void;
}) {
  const words = useWords().rehearsal;
  const { item, index, intoMs } = props.airing;
  const lengthMs = item.endAtMs - item.startAtMs;
  const next = props.items.slice(index + 1, index + 1 + listed);
  return (
    <section className="rehearsal-list" aria-label={words.list}>
      <h2>{words.onAir}</h2>
      <Row item={item} onJump={props.onJump} />
      <Progress
        percent={Math.min(100, (intoMs / lengthMs) * 100)}
        showInfo={false}
        aria-label={words.into(lengthText(Math.floor(intoMs / 1000) * 1000), lengthText(lengthMs))}
      />
      <span className="muted">{words.into(lengthText(Math.floor(intoMs / 1000) * 1000), lengthText(lengthMs))}</span>
      <h2>{words.next}</h2>
      {next.length === 0 ? <p className="muted">{words.noNext}</p> : null}
      <ol>
        {next.map((each) => (
          <li key={each.id}>
            <Row item={each} onJump={props.onJump} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Row({ item, onJump }: { readonly item: RehearsalItem; readonly onJump: (atMs: number) => void }) {
  const { rehearsal: words, today } = useWords();
  const clock = useClock();
  const cutMs = cutOffMs(item);
  return (
    <div className="rehearsal-row">
      <Button type="link" size="small" title={words.jump} onClick={() => onJump(item.startAtMs)}>
        {clock.exact(item.startAtMs).slice(-8)}
      </Button>
      <span>
        {item.title} <span className="muted">{lengthText(item.endAtMs - item.startAtMs)}</span>{' '}
        {item.kind === 'item' ? null : <Tag>{today.kinds[item.kind]}</Tag>}
        {item.mustWatch ? <Tag color="red">{today.mustWatch}</Tag> : null}
        {cutMs > 0 ? <Tag color="orange">{words.cutOff(lengthText(cutMs))}</Tag> : null}
        {item.insteadOf === undefined ? null : <Tag color="gold">{today.insteadOf(item.insteadOf)}</Tag>}
      </span>
    </div>
  );
}
