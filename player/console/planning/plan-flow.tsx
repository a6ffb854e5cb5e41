import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Space, Steps } from 'antd';
import { useState } from 'react';
import { countyCode } from '../../../media/contract/permissions.ts';
import type { Plan } from '../../../media/contract/planning.ts';
import { AskReason } from '../parts/ask-reason.tsx';
import { useAct } from '../parts/use-act.ts';
import { useClock } from '../parts/use-clock.ts';
import { useChannelName } from '../parts/use-names.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { PreviewDialog } from './plan-preview.tsx';
import { EditPlan } from './edit-plan.tsx';
import { daysText, PlanState } from './plan-state.tsx';
import { RehearseLink } from './rehearsal/rehearse-link.tsx';

interface FlowInput {
  readonly plan: Plan;
  readonly isDirty: boolean;
  readonly save: () => Promise<Plan | undefined>;
  readonly setPlan: (plan: Plan) => void;
}

/** What was replaced has its whole way behind it. */
const order: readonly Plan['state'][] = ['draft', 'submitted', 'approved', 'published', 'superseded'];

/** Where the plan stands on its way to the air, and the next step for this person. */
export function PlanFlow(input: FlowInput) {
  const { plan } = input;
  const words = useWords().planning;
  const clock = useClock();
  const channelName = useChannelName();
  const steps = (['draft', 'submitted', 'approved', 'published'] as const).map((step) => ({
    title: words.flow.steps[step],
  }));
  return (
    <div className="flow">
      <div className="flow-head">
        <PlanState state={plan.state} />
        <span className="muted">
          {channelName(plan.channel)} · {daysText(plan)} · {words.list.author} {plan.author.name}
          {plan.approver === undefined ? '' : ` · ${words.list.approver} ${plan.approver.name}`}
        </span>
        <RehearseLink plan={plan} isDirty={input.isDirty} />
        <FlowButtons {...input} />
      </div>
      <Steps size="small" responsive={false} className="flow-steps" current={order.indexOf(plan.state)} items={steps} />
      {plan.returnedReason === undefined ? null : (
        <Alert type="warning" showIcon title={words.flow.returned(plan.returnedReason)} />
      )}
      {plan.warningReason === undefined ? null : (
        <Alert type="info" showIcon title={words.flow.warningReason(plan.warningReason)} />
      )}
      {plan.state === 'published' && plan.effectiveAtMs !== undefined ? (
        <Alert
          type="success"
          showIcon
          title={words.flow.published(clock.exact(plan.effectiveAtMs))}
          action={<a href={`/board/${plan.place ?? countyCode}`}>{words.flow.board}</a>}
        />
      ) : null}
    </div>
  );
}

function FlowButtons(input: FlowInput) {
  const { person } = useSession();
  const words = useWords().planning.flow;
  const { state, author } = input.plan;
  if (state === 'draft' && mayDo(person, 'edit-plan')) return <SubmitButton {...input} />;
  if (state === 'submitted' && mayDo(person, 'approve-plan')) {
    if (author.id === person.id) return <span className="muted">{words.ownPlan}</span>;
    return <ApproveButtons {...input} />;
  }
  if (state !== 'approved') return null;
  return (
    <Space wrap>
      {mayDo(person, 'publish-plan') ? <PublishButton {...input} /> : null}
      {mayDo(person, 'approve-plan') && author.id !== person.id ? <ReturnButton {...input} /> : null}
    </Space>
  );
}

/** Runs one step of the way and shows the plan that comes back. */
function useStep({ setPlan }: FlowInput) {
  const queries = useQueryClient();
  return async (step: () => Promise<Plan>) => {
    setPlan(await step());
    await queries.invalidateQueries({ queryKey: ['plans'] });
  };
}

/** What this plan would change on air, before somebody decides on it. */
function PlanChanges({
  plan,
  ...dialog
}: { readonly plan: Plan } & Omit<Parameters<typeof PreviewDialog>[0], 'name' | 'read'>) {
  const read = () => call('planDifference', { params: { id: plan.id } });
  return <PreviewDialog {...dialog} name={`plan-${plan.id}-${plan.version}`} read={read} />;
}

/** Shows the changes without deciding anything. */
function ChangesButton({ plan, isDirty }: FlowInput) {
  const words = useWords().difference;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button disabled={isDirty} onClick={() => setIsOpen(true)}>
        {words.show}
      </Button>
      <PlanChanges plan={plan} open={isOpen} title={words.title} onClose={() => setIsOpen(false)} />
    </>
  );
}

function SubmitButton(input: FlowInput) {
  const { plan, save } = input;
  const words = useWords().planning.flow;
  const step = useStep(input);
  const { busy, act } = useAct();
  const { rename } = useWords().planning.page;
  const [isAsking, setIsAsking] = useState(false);
  const [isEditing, setIsEditing] = useState(false);
  const { errors, warnings } = countFindings(plan);
  const submit = (warningReason?: string) =>
    step(() =>
      call('submitPlan', { params: { id: plan.id }, body: warningReason === undefined ? {} : { warningReason } }),
    );
  const begin = async () => {
    const saved = await save();
    if (saved === undefined) return;
    const left = countFindings(saved);
    if (left.errors > 0) return;
    if (left.warnings > 0) setIsAsking(true);
    else await act(() => submit(), words.submitted);
  };
  return (
    <Space wrap>
      <Button disabled={input.isDirty} onClick={() => setIsEditing(true)}>
        {rename}
      </Button>
      <ChangesButton {...input} />
      <EditPlan plan={plan} open={isEditing} onClose={() => setIsEditing(false)} onSaved={input.setPlan} />
      {errors > 0 ? <span className="bad">{words.submitErrors(errors)}</span> : null}
      <Button type="primary" loading={busy} disabled={errors > 0 && !input.isDirty} onClick={() => void begin()}>
        {words.submit}
      </Button>
      <AskReason
        open={isAsking}
        title={words.submitTitle}
        label={words.submitWarnings(warnings)}
        onClose={() => setIsAsking(false)}
        onReason={submit}
      />
    </Space>
  );
}

function countFindings({ findings }: Plan): { readonly errors: number; readonly warnings: number } {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

function ApproveButtons(input: FlowInput) {
  const { plan } = input;
  const words = useWords().planning.flow;
  const step = useStep(input);
  const { busy, act } = useAct();
  const [isAsking, setIsAsking] = useState(false);
  const { person } = useSession();
  const params = { id: plan.id };
  const approved = () => call('approvePlan', { params, body: {}, ifMatch: plan.version });
  const approve = () => {
    setIsAsking(false);
    void act(() => step(approved), words.approved);
  };
  const publish = () => {
    setIsAsking(false);
    void act(async () => {
      const { version } = await approved();
      await step(() => call('publishPlan', { params, body: {}, ifMatch: version }));
    });
  };
  return (
    <Space wrap>
      <Button type="primary" loading={busy} onClick={() => setIsAsking(true)}>
        {words.approve}
      </Button>
      <PlanChanges
        plan={plan}
        open={isAsking}
        title={words.approveTitle}
        explain={words.approveExplain}
        okText={words.approve}
        onOk={approve}
        further={mayDo(person, 'publish-plan') ? { text: words.approveAndPublish, onOk: publish } : undefined}
        onClose={() => setIsAsking(false)}
      />
      <ReturnButton {...input} />
    </Space>
  );
}

function ReturnButton(input: FlowInput) {
  const { plan } = input;
  const words = useWords().planning.flow;
  const step = useStep(input);
  const [isReturning, setIsReturning] = useState(false);
  return (
    <>
      <Button danger onClick={() => setIsReturning(true)}>
        {words.return}
      </Button>
      <AskReason
        open={isReturning}
        title={words.returnTitle}
        label={words.returnReason}
        danger
        onClose={() => setIsReturning(false)}
        onReason={(reason) =>
          step(() => call('returnPlan', { params: { id: plan.id }, body: { reason }, ifMatch: plan.version }))
        }
      />
    </>
  );
}

function PublishButton(input: FlowInput) {
  const { plan } = input;
  const words = useWords().planning.flow;
  const step = useStep(input);
  const { busy, act } = useAct();
  const [isAsking, setIsAsking] = useState(false);
  const publish = () => {
    // Closed first: the password may have to be asked for.
    setIsAsking(false);
    void act(() => step(() => call('publishPlan', { params: { id: plan.id }, body: {}, ifMatch: plan.version })));
  };
  return (
    <>
      <Button type="primary" loading={busy} onClick={() => setIsAsking(true)}>
        {words.publish}
      </Button>
      <PlanChanges
        plan={plan}
        open={isAsking}
        title={words.publishTitle}
        explain={words.publishExplain}
        okText={words.publish}
        onOk={publish}
        onClose={() => setIsAsking(false)}
      />
    </>
  );
}
