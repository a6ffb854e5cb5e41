import { Alert, Button, Modal, Tag } from 'antd';
import { useAct } from '../parts/use-act.ts';
import { useWords } from '../words/words.tsx';
import { showClock } from './clock-text.ts';
import type { RowChange } from './merge-rows.ts';
import type { PlanRow } from './plan-rows.ts';
import type { Saving, Stale } from './use-save-plan.ts';

/** Somebody else saved first: what each changed, and nobody's work is thrown away without asking. */
export function StaleDialog({ saving }: { readonly saving: Saving }) {
  const words = useWords().planning.page;
  const { busy, act } = useAct();
  return (
    <Modal
      open={saving.stale !== undefined}
      title={words.staleTitle}
      width={720}
      onCancel={saving.decideLater}
      footer={[
        <Button key="later" onClick={saving.decideLater}>
          {words.staleKeep}
        </Button>,
        <Button key="load" onClick={saving.takeTheirs}>
          {words.staleLoad}
        </Button>,
        <Button key="mine" danger loading={busy} onClick={() => void act(saving.overwrite)}>
          {words.staleOverwrite}
        </Button>,
        <Button key="merge" type="primary" autoFocus loading={busy} onClick={() => void act(saving.merge)}>
          {words.staleMerge}
        </Button>,
      ]}
    >
      {saving.stale === undefined ? null : <BothChanges stale={saving.stale} />}
    </Modal>
  );
}

function BothChanges({ stale: { merged } }: { readonly stale: Stale }) {
  const words = useWords().planning.page;
  return (
    <>
      <p>{words.staleExplain}</p>
      {merged.both.length === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title={words.staleBoth(merged.both.length)}
          description={merged.both.map(lineText).join(' · ')}
        />
      )}
      <div className="two stale-sides">
        <Side title={words.staleTheirs(merged.theirs.length)} changes={merged.theirs} />
        <Side title={words.staleMine(merged.mine.length)} changes={merged.mine} />
      </div>
    </>
  );
}

const colours = { added: 'green', removed: 'red', changed: 'blue' } as const;
const shown = 12;

function Side({ title, changes }: { readonly title: string; readonly changes: readonly RowChange[] }) {
  const { planning, difference } = useWords();
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {changes.slice(0, shown).map(({ kind, row }) => (
          <li key={row.id}>
            <Tag color={colours[kind]}>{difference.kinds[kind]}</Tag>
            {lineText(row)}
          </li>
        ))}
        {changes.length > shown ? <li>{planning.page.staleMore(changes.length - shown)}</li> : null}
      </ul>
    </section>
  );
}

const lineText = ({ day, clock, title, filmTitle }: PlanRow): string =>
  [day.slice(5).replace('-', '/'), showClock(clock), title ?? filmTitle].filter(Boolean).join(' ');
