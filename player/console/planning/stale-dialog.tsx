import { Button, Modal } from 'antd';
import { useAct } from '../parts/use-act.ts';
import { useWords } from '../words/words.tsx';
import type { Saving } from './use-save-plan.ts';

/** Somebody else saved first: nobody's work is thrown away without asking. */
export function StaleDialog({ saving }: { readonly saving: Saving }) {
  const words = useWords().planning.page;
  const { busy, act } = useAct();
  return (
    <Modal
      open={saving.isStale}
      title={words.staleTitle}
      onCancel={saving.decideLater}
      footer={[
        <Button key="later" onClick={saving.decideLater}>
          {words.staleKeep}
        </Button>,
        <Button key="mine" danger loading={busy} onClick={() => void act(saving.overwrite)}>
          {words.staleOverwrite}
        </Button>,
        <Button key="load" type="primary" loading={busy} onClick={() => void act(saving.loadNewest)}>
          {words.staleLoad}
        </Button>,
      ]}
    >
      {words.staleExplain}
    </Modal>
  );
}
