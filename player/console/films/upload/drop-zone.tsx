import { CloudUploadOutlined, FolderOpenOutlined } from '@ant-design/icons';
import { App, Button, Select, Space } from 'antd';
import { useRef, useState } from 'react';
import { useWords } from '../../words/words.tsx';
import { useCategories } from '../film-queries.ts';
import { languageOptions } from '../language-options.ts';
import { droppedFiles, looksLikeVideo } from './collect-files.ts';
import { addFiles } from './upload-queue.ts';

/** Takes films by dragging or by choosing, single ones or a folder; category and language count for what comes next. */
export function DropZone() {
  const all = useWords();
  const words = all.films.upload;
  const { message } = App.useApp();
  const categories = useCategories().data?.items ?? [];
  const [category, setCategory] = useState<string>();
  const [language, setLanguage] = useState('zh-CN');
  const [isOver, setIsOver] = useState(false);
  const fileInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const add = (files: readonly File[]) => {
    if (files.length === 0) void message.warning(words.noVideos);
    addFiles(files, { language, ...(category === undefined ? {} : { category }) });
  };
  const onDrop = (event: React.DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    droppedFiles(event.dataTransfer).then(add, () => add([]));
  };
  const onChosen = (event: React.ChangeEvent<HTMLInputElement>, takeAny: boolean) => {
    add([...(event.target.files ?? [])].filter(({ name }) => takeAny || looksLikeVideo(name)));
    event.target.value = '';
  };
  return (
    <div
      className={isOver ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <CloudUploadOutlined className="drop-sign" aria-hidden />
      <p className="drop-title">{words.drop}</p>
      <Space wrap className="drop-buttons">
        <Button type="primary" onClick={() => fileInput.current?.click()}>
          {words.chooseFiles}
        </Button>
        <Button icon={<FolderOpenOutlined />} onClick={() => folderInput.current?.click()}>
          {words.chooseFolder}
        </Button>
      </Space>
      <p className="muted">{words.hint}</p>
      <input
        ref={fileInput}
        type="file"
        multiple
        hidden
        aria-label={words.chooseFiles}
        onChange={(event) => onChosen(event, true)}
      />
      <input
        ref={folderInput}
        type="file"
        multiple
        hidden
        aria-label={words.chooseFolder}
        {...{ webkitdirectory: '' }}
        onChange={(event) => onChosen(event, false)}
      />
      <div className="drop-defaults">
        <span className="muted">{words.forAll}</span>
        <Select
          allowClear
          aria-label={words.category}
          placeholder={words.category}
          value={category ?? null}
          options={categories.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(chosen: string | null) => setCategory(chosen ?? undefined)}
        />
        <Select
          aria-label={words.language}
          value={language}
          options={languageOptions(all.films)}
          onChange={setLanguage}
        />
      </div>
    </div>
  );
}
