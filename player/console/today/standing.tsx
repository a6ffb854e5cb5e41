import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
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

/** What is over so soon cannot be ended sooner. */
const endsByItselfMs = 20_000;

/** Everything that displaces the plan now, each with its scope and the way to end it: cuts by a second person. */
export function Standing({ desk }: { readonly desk: Desk }) {
  const list = useRef<HTMLUListElement>(null);
  // One key for all: pressed where only one can be ended, or the first of several to choose from by Tab.
  useDeskKeys(true, {
    r: () => {
      const buttons = list.current?.querySelectorAll('button') ?? [];
      if (buttons.length === 1) buttons[0]?.click();
      else buttons[0]?.focus();
    },
  });
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
  const what = said.states[kind === 'cut' && drill ? 'drill' : kind];
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
      action={<EndButton desk={desk} interruption={interruption} where={where} />}
    />
  );
}

/** Asks for the end of a cut, agrees to it, or ends an insertion; nothing where this person may not. */
function EndButton({
  desk: { code, readAtMs },
  interruption,
  where,
}: {
  readonly desk: Desk;
  readonly interruption: Interruption;
  readonly where: string;
}) {
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
      type={isCut ? 'primary' : 'default'}
      loading={busy}
      aria-label={`${label} · ${where}`}
      onClick={() => void end().then(() => queries.invalidateQueries({ queryKey: ['desk'] }))}
    >
      {label}
    </Button>
  );
}
