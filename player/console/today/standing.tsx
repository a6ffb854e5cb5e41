import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Space } from 'antd';
import { useRef } from 'react';
import type { Interruption } from '../../../media/contract/duty.ts';
import { countyCode } from '../../../media/contract/permissions.ts';
import { useAct } from '../parts/use-act.ts';
import { useClock } from '../parts/use-clock.ts';
import { usePlaceName } from '../parts/use-names.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { useDeskKeys } from './desk-keys.ts';
import type { Desk } from './read-desk.ts';

/** What is over so soon cannot be ended sooner, nor go on for longer. */
const endsByItselfMs = 20_000;
const extensionMs = 300_000;

/** Presses the only button that a key may mean, or leads to the first of several to choose from by Tab. */
function pressOrFocus(buttons: readonly HTMLButtonElement[]): void {
  if (buttons.length === 1) buttons[0]?.click();
  else buttons[0]?.focus();
}

/** Everything that displaces the plan now, each with its scope and the way to end it: cuts by a second person. */
export function Standing({ desk }: { readonly desk: Desk }) {
  const list = useRef<HTMLUListElement>(null);
  const buttons = (kind: 'end' | 'extend') => [
    ...(list.current?.querySelectorAll<HTMLButtonElement>(`button.desk-${kind}`) ?? []),
  ];
  useDeskKeys(true, { r: () => pressOrFocus(buttons('end')), e: () => pressOrFocus(buttons('extend')) });
  if (desk.interruptions.length === 0) return null;
  return (
    <ul className="desk-standing" ref={list}>
      {desk.interruptions.map((each) => (
        <li key={each.id}>
          <StandingLine desk={desk} interruption={each} />
        </li>
      ))}
    </ul>
  );
}

function StandingLine({ desk, interruption }: { readonly desk: Desk; readonly interruption: Interruption }) {
  const said = useWords().today;
  const clock = useClock();
  const placeName = usePlaceName();
  const { kind, drill, scope, by, reason, title, endAtMs, endAskedBy } = interruption;
  const where = scope === countyCode ? said.wholeChannel : placeName(scope);
  const what = (drill ? said.drills : said.states)[kind];
  return (
    <Alert
      type={kind === 'cut' ? 'error' : 'warning'}
      showIcon
      title={[what, where, ...(title === undefined ? [] : [title])].join(' · ')}
      description={
        <>
          <div>
            {said.by(by.name, reason)}
            {endAtMs === undefined ? null : (
              <span className="muted"> · {said.until(clock.exact(endAtMs).slice(-8))}</span>
            )}
          </div>
          {endAskedBy === undefined || endAtMs !== undefined ? null : <strong>{said.endAsked(endAskedBy.name)}</strong>}
        </>
      }
      action={
        <Space wrap>
          <ExtendButton desk={desk} interruption={interruption} where={where} />
          <EndButton desk={desk} interruption={interruption} where={where} />
        </Space>
      }
    />
  );
}

interface ButtonProps {
  readonly desk: Desk;
  readonly interruption: Interruption;
  readonly where: string;
}

/** Lets an insertion go on for five minutes more; nothing where this person may not, or it is nearly over. */
function ExtendButton({ desk: { code, readAtMs }, interruption: { id, kind, endAtMs = 0 }, where }: ButtonProps) {
  const said = useWords().today;
  const { person } = useSession();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  if (kind === 'cut' || !mayDo(person, 'insert-film') || endAtMs <= readAtMs + endsByItselfMs) return null;
  const extend = () =>
    act(() => call('extendInsertion', { params: { code, id }, body: { byMs: extensionMs, endAtMs } }), said.extended);
  return (
    <Button
      className="desk-extend"
      loading={busy}
      aria-label={`${said.extend} · ${where}`}
      onClick={() => void extend().then(() => queries.invalidateQueries({ queryKey: ['desk'] }))}
    >
      {said.extend}
    </Button>
  );
}

/** Asks for the end of a cut, agrees to it, or ends an insertion; nothing where this person may not. */
function EndButton({ desk: { code, readAtMs }, interruption, where }: ButtonProps) {
  const words = useWords();
  const said = words.today;
  const { person } = useSession();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const { id, kind, scope, endAtMs, endAskedBy } = interruption;
  const isCut = kind === 'cut';
  const may = isCut
    ? endAtMs === undefined && endAskedBy?.id !== person.id && mayDo(person, 'end-cut')
    : mayDo(person, 'insert-film') && (endAtMs ?? 0) > readAtMs + endsByItselfMs;
  if (!may) return null;
  const end = () =>
    isCut
      ? act(() => call('endCut', { params: { code }, body: { scope } }), words.frame.saved)
      : act(() => call('endInsertion', { params: { code, id }, body: {} }), said.ended);
  const label = isCut ? (endAskedBy === undefined ? said.endCut : said.agreeEnd) : said.endInsertion;
  return (
    <Button
      className="desk-end"
      type={isCut ? 'primary' : 'default'}
      loading={busy}
      aria-label={`${label} · ${where}`}
      onClick={() => void end().then(() => queries.invalidateQueries({ queryKey: ['desk'] }))}
    >
      {label}
    </Button>
  );
}
