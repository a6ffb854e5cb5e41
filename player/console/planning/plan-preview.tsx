import { Alert, Button, Collapse, Modal, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import type { PlanPreview as Preview } from '../../../media/contract/plan-versions.ts';
import { Loaded } from '../parts/loaded.tsx';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';

const colours = { added: 'green', removed: 'red', moved: 'gold', changed: 'blue' } as const;
type Change = Preview['days'][number]['changes'][number];

interface FooterButtons {
  readonly OkBtn: React.FC;
  readonly CancelBtn: React.FC;
}

/** Asks what would change, and shows it before somebody decides. */
export function PreviewDialog(props: {
  readonly open: boolean;
  readonly title: string;
  readonly explain?: string;
  /** Name of what is compared, for the cache. */
  readonly name: string;
  readonly read: () => Promise<Preview>;
  readonly okText?: string;
  readonly onOk?: () => void;
  /** A further step at once, for who may take it too. */
  readonly further?: { readonly text: string; readonly onOk: () => void } | undefined;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const preview = useQuery({
    queryKey: ['preview', props.name],
    queryFn: props.read,
    enabled: props.open,
    staleTime: 0,
    gcTime: 0,
  });
  const { onOk, further } = props;
  return (
    <Modal
      open={props.open}
      title={props.title}
      width={760}
      destroyOnHidden
      okText={props.okText ?? words.frame.close}
      cancelText={words.frame.cancel}
      {...(onOk === undefined ? { footer: null } : {})}
      {...(further === undefined
        ? {}
        : {
            footer: (_: unknown, { OkBtn, CancelBtn }: FooterButtons) => (
              <>
                <CancelBtn />
                <OkBtn />
                <Button onClick={further.onOk}>{further.text}</Button>
              </>
            ),
          })}
      onOk={() => onOk?.()}
      onCancel={props.onClose}
    >
      {props.explain === undefined ? null : <p>{props.explain}</p>}
      <Loaded from={preview}>{(found) => <PlanPreview preview={found} />}</Loaded>
    </Modal>
  );
}

/** From when on, for whom, and what changes on which day. */
function PlanPreview({ preview }: { readonly preview: Preview }) {
  const words = useWords();
  const said = words.difference;
  const clock = useClock();
  const { board, stations, days } = preview;
  const boardChanges = Object.values(board.counts).reduce((sum, count) => sum + count, 0);
  return (
    <div className="preview">
      <Alert
        type="info"
        showIcon
        title={said.effective(clock.exact(preview.effectiveAtMs))}
        description={
          <span title={words.frame.listed(stations.names)}>
            {said.stations(stations.count)} · {said.board(boardChanges)}
            {board.shortNotice === 0 ? '' : ` · ${said.shortNotice(board.shortNotice)}`}
          </span>
        }
      />
      {days.length === 0 ? (
        <p className="muted">{said.none}</p>
      ) : (
        <Collapse
          size="small"
          defaultActiveKey={days.slice(0, 3).map(({ date }) => date)}
          items={days.map(({ date, changes }) => ({
            key: date,
            label: said.day(date, changes.length),
            children: <DayChanges changes={changes} />,
          }))}
        />
      )}
    </div>
  );
}

function DayChanges({ changes }: { readonly changes: readonly Change[] }) {
  const said = useWords().difference;
  return (
    <table className="day-changes">
      <thead>
        <tr>
          <th>{said.kind}</th>
          <th>{said.before}</th>
          <th>{said.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={`${change.kind}-${(change.after ?? change.before)?.startAtMs}-${change.before?.title ?? ''}`}>
            <td>
              <Tag color={colours[change.kind]}>{said.kinds[change.kind]}</Tag>
            </td>
            <td>
              <Shown item={change.before} />
            </td>
            <td>
              <Shown item={change.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Shown({ item }: { readonly item: Change['before'] }) {
  const words = useWords();
  const clock = useClock();
  if (item === undefined) return <span className="muted">–</span>;
  return (
    <>
      <span className="muted">{clock.range(item)}</span> {item.title}{' '}
      {item.mustWatch ? <Tag color="red">{words.today.mustWatch}</Tag> : null}
    </>
  );
}
