import { useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useEffect, useState } from 'react';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { CutDialog } from './cut-dialog.tsx';
import { InsertDialog } from './insert-dialog.tsx';
import type { Desk } from './read-desk.ts';

/** What a duty officer can do now: cut, insert, and bring the plan back; by keys too. */
export function DeskActions({ desk }: { readonly desk: Desk }) {
  const words = useWords();
  const said = words.today;
  const { person } = useSession();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const [dialog, setDialog] = useState<'cut' | 'insert'>();
  const params = { code: desk.code };
  const cut = desk.interruptions.find(({ kind }) => kind === 'cut');
  const insertion = desk.interruptions.find(({ kind }) => kind === 'insertion');
  const mayCut = mayDo(person, 'cut-channel') && (cut === undefined || cut.drill);
  const mayInsert = mayDo(person, 'insert-film') && cut === undefined;
  const mayEnd = cut !== undefined && mayDo(person, 'end-cut') && cut.endAskedBy?.id !== person.id;
  const again = () => queries.invalidateQueries({ queryKey: ['desk'] });
  const end = () =>
    act(() => call('endCut', { params, body: cut === undefined ? {} : { scope: cut.scope } }), words.frame.saved).then(
      again,
    );
  const takeOut = (id: string) =>
    act(() => call('endInsertion', { params: { ...params, id }, body: {} }), said.ended).then(again);
  const back = () => {
    if (mayEnd) void end();
    else if (insertion !== undefined && mayInsert) void takeOut(insertion.id);
  };
  useDeskKeys(dialog === undefined && !busy, {
    c: () => mayCut && setDialog('cut'),
    i: () => mayInsert && setDialog('insert'),
    r: back,
  });
  return (
    <>
      <Space wrap className="desk-actions">
        {mayCut ? (
          <Button danger type="primary" onClick={() => setDialog('cut')}>
            {said.cut}
          </Button>
        ) : null}
        {mayEnd ? (
          <Button type="primary" loading={busy} onClick={() => void end()}>
            {cut.endAskedBy === undefined ? said.endCut : said.agreeEnd}
          </Button>
        ) : null}
        {mayInsert ? <Button onClick={() => setDialog('insert')}>{said.insert}</Button> : null}
        {insertion !== undefined && mayInsert ? (
          <Button loading={busy} onClick={() => void takeOut(insertion.id)}>
            {said.endInsertion}
          </Button>
        ) : null}
      </Space>
      <p className="muted">
        {said.players(desk.push.acknowledged, desk.push.players)} · {said.keys}
      </p>
      <CutDialog code={desk.code} open={dialog === 'cut'} onClose={() => setDialog(undefined)} onDone={again} />
      <InsertDialog code={desk.code} open={dialog === 'insert'} onClose={() => setDialog(undefined)} onDone={again} />
    </>
  );
}

/** Single keys, while nobody types and no dialog is open. */
function useDeskKeys(isOn: boolean, deeds: Readonly<Record<string, () => unknown>>): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
      const deed = deeds[event.key.toLowerCase()];
      if (deed === undefined || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
