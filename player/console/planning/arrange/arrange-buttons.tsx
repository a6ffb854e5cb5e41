import { CopyOutlined, TagsOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useState } from 'react';
import type { Plan } from '../../../../media/contract/planning.ts';
import { mayDo, useSession } from '../../session/session.ts';
import { useWords } from '../../words/words.tsx';
import { airingOn } from '../repeat-rows.ts';
import type { Draft } from '../use-draft.ts';
import { ArrangeDialog } from './arrange-dialog.tsx';
import { SaveTemplate } from './save-template.tsx';

/** Copying and applying, and keeping the day that is looked at as a template. */
export function ArrangeButtons({
  plan,
  draft,
  day,
}: {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly day: string;
}) {
  const said = useWords().arrange;
  const { person } = useSession();
  const [open, setOpen] = useState<'arrange' | 'save'>();
  const close = () => setOpen(undefined);
  return (
    <Space wrap>
      <Button icon={<CopyOutlined />} onClick={() => setOpen('arrange')}>
        {said.open}
      </Button>
      {mayDo(person, 'edit-day-templates') ? (
        <Button
          icon={<TagsOutlined />}
          disabled={airingOn(draft.rows, day).length === 0}
          onClick={() => setOpen('save')}
        >
          {said.save.open}
        </Button>
      ) : null}
      <ArrangeDialog plan={plan} draft={draft} day={day} open={open === 'arrange'} onClose={close} />
      <SaveTemplate rows={draft.rows} day={day} open={open === 'save'} onClose={close} />
    </Space>
  );
}
