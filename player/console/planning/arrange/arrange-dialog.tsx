import { App, Checkbox, Modal, Segmented } from 'antd';
import { useState } from 'react';
import type { Plan } from '../../../../media/contract/planning.ts';
import { addCivilDays, civilWeekday } from '../../../../media/grid/civil-time.ts';
import { CountyDate } from '../../parts/county-date.tsx';
import { useClock } from '../../parts/use-clock.ts';
import { useWords, type Words } from '../../words/words.tsx';
import type { Draft } from '../use-draft.ts';
import { type Arrangement, arranged, daysBetween } from './arranged.ts';
import { LaidPreview } from './laid-preview.tsx';
import { type Kind, kinds, useSource } from './use-source.tsx';

const allWeekdays = [1, 2, 3, 4, 5, 6, 7];

interface DialogInput {
  readonly plan: Plan;
  readonly draft: Draft;
  /** The day that is looked at. */
  readonly day: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Copies days, weeks and months, and applies templates and seasons, as one step that can be undone. */
export function ArrangeDialog(input: DialogInput) {
  const { open, onClose } = input;
  const words = useWords();
  return (
    <Modal open={open} title={words.arrange.title} width={640} footer={null} destroyOnHidden onCancel={onClose}>
      <ArrangeForm {...input} />
    </Modal>
  );
}

function ArrangeForm({ plan, draft, day, onClose }: DialogInput) {
  const words = useWords();
  const said = words.arrange;
  const { zone } = useClock();
  const { message } = App.useApp();
  const [kind, setKind] = useState<Kind>('day');
  const [range, setRange] = useState(() => rangeFor('day', plan, day));
  const [weekdays, setWeekdays] = useState<readonly number[]>(allWeekdays);
  const [isReplacing, setIsReplacing] = useState(false);
  const { source, field } = useSource(kind, plan, day);
  const days = daysBetween(range.from, range.last, weekdays).filter((one) => one >= plan.from && one < plan.to);
  const arrangement: Arrangement | undefined =
    source === undefined ? undefined : { source, days, isReplacing, planFrom: plan.from, zone };
  const laid = arrangement && arranged(draft.rows, arrangement);
  const choose = (next: Kind) => {
    setKind(next);
    setRange(rangeFor(next, plan, day));
  };
  const apply = () => {
    if (arrangement === undefined || laid === undefined) return;
    draft.edit((rows) => arranged(rows, arrangement).rows);
    void message.success(said.applied(laid.placed));
    onClose();
  };
  return (
    <div className="arrange">
      <Segmented
        block
        value={kind}
        onChange={choose}
        options={kinds.map((value) => ({ value, label: said.kinds[value] }))}
      />
      <p className="muted">{explainKind(kind, day, said)}</p>
      {field}
      <div className="two">
        <label>
          {said.from}
          <CountyDate aria-label={said.from} value={range.from} onChange={(from) => setRange({ ...range, from })} />
        </label>
        <label>
          {said.to}
          <CountyDate aria-label={said.to} value={range.last} onChange={(last) => setRange({ ...range, last })} />
        </label>
      </div>
      <Checkbox.Group
        aria-label={said.weekdays}
        value={[...weekdays]}
        onChange={setWeekdays}
        options={allWeekdays.map((value) => ({ value, label: said.weekday(value) }))}
      />
      <Checkbox checked={isReplacing} onChange={({ target }) => setIsReplacing(target.checked)}>
        {said.replace}
      </Checkbox>
      <LaidPreview laid={laid} days={days.length} onApply={apply} />
    </div>
  );
}

const mondayOf = (day: string): string => addCivilDays(day, 1 - civilWeekday(day));
const short = (day: string): string => day.slice(5).replace('-', '/');

function explainKind(kind: Kind, day: string, said: Words['arrange']): string {
  const monday = mondayOf(day);
  if (kind === 'day') return said.explain.day(short(day));
  if (kind === 'week') return said.explain.week(short(monday), short(addCivilDays(monday, 6)));
  return said.explain[kind];
}

/** The days that are likely meant, within the plan; the last one is included. */
function rangeFor(kind: Kind, plan: Plan, day: string): { readonly from: string; readonly last: string } {
  const planLast = addCivilDays(plan.to, -1);
  const within = (date: string): string => (date > planLast ? planLast : date);
  if (kind === 'day') return { from: within(addCivilDays(day, 1)), last: within(addCivilDays(day, 1)) };
  const nextMonday = addCivilDays(mondayOf(day), 7);
  if (kind === 'week') return { from: within(nextMonday), last: within(addCivilDays(nextMonday, 6)) };
  return kind === 'template' ? { from: day, last: day } : { from: plan.from, last: planLast };
}
