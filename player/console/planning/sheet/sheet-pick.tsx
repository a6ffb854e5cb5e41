import { FileExcelOutlined } from '@ant-design/icons';
import { Button, Input, Space, Spin } from 'antd';
import { useRef, useState } from 'react';
import { useWords } from '../../words/words.tsx';
import { fileBytes, textBytes } from './sheet-files.ts';

/** Takes a file by dragging or choosing, or a range that was copied in a spreadsheet. */
export function SheetPick({
  planId,
  busy,
  onFile,
}: {
  readonly planId: string;
  readonly busy: boolean;
  readonly onFile: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
}) {
  const words = useWords().sheet;
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (file !== undefined) await onFile(file.name, await fileBytes(file));
  };
  return (
    <Spin spinning={busy} description={words.reading}>
      <div
        className={isOver ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <FileExcelOutlined className="drop-sign" aria-hidden />
        <p className="drop-title">{words.drop}</p>
        <Space wrap className="drop-buttons">
          <Button type="primary" autoFocus onClick={() => input.current?.click()}>
            {words.choose}
          </Button>
          <Button href={`/api/plans/${planId}/sheet-template.xlsx`}>{words.template}</Button>
        </Space>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xlsx,.csv,.tsv,.txt"
          aria-label={words.choose}
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = '';
          }}
        />
      </div>
      <Input.TextArea
        rows={2}
        value=""
        aria-label={words.paste}
        placeholder={words.paste}
        onPaste={(event) => {
          event.preventDefault();
          const text = event.clipboardData.getData('text/plain');
          if (text.trim() !== '') void onFile(words.pasted, textBytes(text));
        }}
      />
      <p className="muted">{words.promise}</p>
    </Spin>
  );
}
