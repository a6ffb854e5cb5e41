import { Modal } from 'antd';
import { useRef } from 'react';
import type { Film } from '../../../../media/contract/library.ts';
import { useWords } from '../../words/words.tsx';
import { replaceFile } from '../upload/upload-queue.ts';

/** Says what another file will do to a film, takes it, and sends it beside all other uploads. */
export function ReplaceFile(props: { readonly film: Film; readonly open: boolean; readonly onClose: () => void }) {
  const all = useWords();
  const words = all.filmLife.versions;
  const { film } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Modal
        open={props.open}
        title={words.replaceTitle}
        okText={words.choose}
        cancelText={all.frame.cancel}
        onOk={() => input.current?.click()}
        onCancel={props.onClose}
      >
        <p>{film.state === 'ready' ? words.replaceReady : words.replaceAtOnce}</p>
        <p className="muted">{all.films.upload.hint}</p>
      </Modal>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={words.choose}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file === undefined) return;
          replaceFile(file, film);
          props.onClose();
        }}
      />
    </>
  );
}
