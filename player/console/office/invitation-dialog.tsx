import { CopyOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef, Modal, Space } from 'antd';
import { useRef, useState } from 'react';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';

/** A one-time link that was just made; it is told once. */
export interface InvitationToShow {
  readonly name: string;
  readonly path: string;
  readonly expiresAtMs: number;
}

/** Shows the link with a button that copies it. */
export function InvitationDialog({
  link,
  onClose,
}: {
  readonly link: InvitationToShow | undefined;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const said = words.office.users;
  const clock = useClock();
  const input = useRef<InputRef>(null);
  const [hint, setHint] = useState('');
  const close = () => {
    setHint('');
    onClose();
  };
  const copy = () => {
    input.current?.select();
    // Pages on plain http have no clipboard: the text is marked, and the keyboard copies it.
    if (!isSecureContext) setHint(said.copyByHand);
    else {
      navigator.clipboard.writeText(input.current?.input?.value ?? '').then(
        () => setHint(words.frame.copied),
        () => setHint(said.copyByHand),
      );
    }
  };
  return (
    <Modal
      open={link !== undefined}
      title={said.linkTitle}
      onCancel={close}
      footer={
        <Button type="primary" onClick={close}>
          {words.frame.close}
        </Button>
      }
    >
      {link === undefined ? null : (
        <>
          <p>{said.linkExplain(link.name, clock.full(link.expiresAtMs))}</p>
          <Space.Compact block>
            <Input ref={input} readOnly value={new URL(link.path, location.origin).href} aria-label={said.linkTitle} />
            <Button icon={<CopyOutlined />} onClick={copy}>
              {words.frame.copy}
            </Button>
          </Space.Compact>
          <p role="status" className="muted">
            {hint}
          </p>
        </>
      )}
    </Modal>
  );
}
