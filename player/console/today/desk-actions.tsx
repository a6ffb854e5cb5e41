import { useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { countyCode } from '../../../media/contract/permissions.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { CutDialog } from './cut-dialog.tsx';
import { useDeskKeys } from './desk-keys.ts';
import { InsertDialog } from './insert-dialog.tsx';
import type { Desk } from './read-desk.ts';

/** What a duty officer can begin now: a cut or an insertion, of the channel or of one place; by keys too. */
export function DeskActions({ desk }: { readonly desk: Desk }) {
  const said = useWords().today;
  const { person } = useSession();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<'cut' | 'insert'>();
  const cuts = desk.interruptions.filter(({ kind, endAtMs }) => kind === 'cut' && endAtMs === undefined);
  const whole = cuts.find(({ scope }) => scope === countyCode);
  const mayCut = mayDo(person, 'cut-channel') && (whole === undefined || whole.drill);
  const mayInsert = mayDo(person, 'insert-film') && whole === undefined;
  const again = () => queries.invalidateQueries({ queryKey: ['desk'] });
  useDeskKeys(dialog === undefined, {
    c: () => mayCut && setDialog('cut'),
    i: () => mayInsert && setDialog('insert'),
  });
  // A place whose real cut stands is not cut again, and nobody would see a film there.
  const cutScopes = cuts.filter(({ drill }) => !drill).map(({ scope }) => scope);
  return (
    <>
      <Space wrap className="desk-actions">
        {mayCut ? (
          <Button danger type="primary" onClick={() => setDialog('cut')}>
            {said.cut}
          </Button>
        ) : null}
        {mayInsert ? <Button onClick={() => setDialog('insert')}>{said.insert}</Button> : null}
      </Space>
      <p className="muted">
        {said.players(desk.push.acknowledged, desk.push.players)} · {said.keys}
      </p>
      <CutDialog
        code={desk.code}
        taken={cutScopes}
        open={dialog === 'cut'}
        onClose={() => setDialog(undefined)}
        onDone={again}
      />
      <InsertDialog
        code={desk.code}
        taken={cuts.map(({ scope }) => scope)}
        open={dialog === 'insert'}
        onClose={() => setDialog(undefined)}
        onDone={again}
      />
    </>
  );
}
