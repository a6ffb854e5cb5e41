import { App, Button, Input, Progress, Select, Space } from 'antd';
import { useState } from 'react';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { linkTo } from '../../parts/route.ts';
import { sizeText } from '../../parts/sizes.ts';
import { timeLeftText } from '../../parts/time-left.ts';
import { useWords, type Words } from '../../words/words.tsx';
import { useCategories, useFilm } from '../film-queries.ts';
import { FilmStatusLine } from '../film-status-line.tsx';
import { languageOptions } from '../language-options.ts';
import { speedBps, timeLeftMs, type UploadEntry } from './upload-entry.ts';
import { describe, pause, remove, start } from './upload-queue.ts';

/** One file: its words while it is not sent, its way while it is. */
export function UploadRow({ entry }: { readonly entry: UploadEntry }) {
  return (
    <li className="upload-row">
      <div className="upload-main">
        {mayDescribe(entry) ? <WordsForm entry={entry} /> : <strong className="film-title">{entry.title}</strong>}
        <UploadProgress entry={entry} />
        {entry.state === 'done' && filmOf(entry) !== undefined ? <FilmNow id={filmOf(entry) ?? ''} /> : null}
        {entry.state === 'failed' ? <ErrorNotice error={entry.error} onAgain={() => start([entry.key])} /> : null}
      </div>
      <UploadButtons entry={entry} />
    </li>
  );
}

/** Words may be written until the last byte; another file for a film has those of the film. */
const mayDescribe = ({ state, replaces }: UploadEntry): boolean =>
  replaces === undefined && state !== 'done' && state !== 'failed';

/** The film that an upload is for. */
const filmOf = ({ filmId, replaces }: UploadEntry): string | undefined => replaces ?? filmId;

/** What became of the film since it arrived. */
function FilmNow({ id }: { readonly id: string }) {
  const film = useFilm(id).data;
  return film === undefined ? null : <FilmStatusLine film={film} withCure />;
}

function WordsForm({ entry }: { readonly entry: UploadEntry }) {
  const all = useWords().films;
  const words = all.upload;
  const categories = useCategories().data?.items ?? [];
  const [withSynopsis, setWithSynopsis] = useState((entry.synopsis ?? '') !== '');
  return (
    <div className="upload-words">
      <Input
        aria-label={words.filmTitle}
        maxLength={100}
        value={entry.title}
        onChange={(event) => describe(entry.key, { title: event.target.value })}
      />
      <Select
        aria-label={words.category}
        placeholder={words.category}
        value={entry.category ?? null}
        options={categories.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(category: string | null) => describe(entry.key, category === null ? {} : { category })}
      />
      <Select
        aria-label={words.language}
        value={entry.language}
        options={languageOptions(all, entry.language)}
        onChange={(language) => describe(entry.key, { language })}
      />
      {withSynopsis ? (
        <Input.TextArea
          className="upload-synopsis"
          aria-label={words.synopsis}
          placeholder={words.synopsis}
          rows={2}
          maxLength={2000}
          value={entry.synopsis ?? ''}
          onChange={(event) => describe(entry.key, { synopsis: event.target.value })}
        />
      ) : (
        <Button type="link" size="small" className="upload-synopsis" onClick={() => setWithSynopsis(true)}>
          {words.addSynopsis}
        </Button>
      )}
    </div>
  );
}

function UploadProgress({ entry }: { readonly entry: UploadEntry }) {
  const dictionary = useWords();
  const all = dictionary.films;
  const words = all.upload;
  const { state, file, sentBytes, samples } = entry;
  const speed = state === 'sending' ? speedBps(samples) : undefined;
  const left = state === 'sending' ? timeLeftMs(samples, file.size) : undefined;
  const facts = [
    state === 'chosen' ? file.name : words.states[state],
    state === 'chosen' || state === 'done'
      ? sizeText(file.size)
      : words.progress(sizeText(sentBytes), sizeText(file.size)),
    speed === undefined ? undefined : words.speed(sizeText(speed)),
    left === undefined ? undefined : timeLeftText(left, all),
    state === 'chosen' && entry.isResumable ? words.resumable : undefined,
    savedText(entry.written, dictionary),
  ];
  const percent = file.size === 0 ? 0 : Math.floor((sentBytes / file.size) * 1000) / 10;
  return (
    <>
      {state === 'chosen' ? null : (
        <Progress
          percent={percent}
          size="small"
          aria-label={entry.title}
          status={
            state === 'failed' ? 'exception' : state === 'done' ? 'success' : state === 'sending' ? 'active' : 'normal'
          }
        />
      )}
      <div className="muted upload-facts" aria-live={state === 'sending' ? 'off' : 'polite'}>
        {facts.filter((fact) => fact !== undefined).join(' · ')}
      </div>
    </>
  );
}

function savedText(written: UploadEntry['written'], { filmLife }: Words): string | undefined {
  if (written === undefined || typeof written === 'string') return written && filmLife.words[written];
  return `${filmLife.words.failed}${written.error instanceof Error ? written.error.message : ''}`;
}

function UploadButtons({ entry }: { readonly entry: UploadEntry }) {
  const words = useWords().films.upload;
  const { modal } = App.useApp();
  const { key, state } = entry;
  const filmId = filmOf(entry);
  const stop = () =>
    void modal.confirm({
      title: words.stopTitle,
      content: words.stopExplain,
      okText: words.stop,
      okButtonProps: { danger: true },
      onOk: () => remove(key, true),
    });
  return (
    <Space className="upload-buttons">
      {state === 'chosen' ? <Button onClick={() => start([key])}>{words.startOne}</Button> : null}
      {['waiting', 'sending', 'interrupted'].includes(state) ? (
        <Button onClick={() => pause([key])}>{words.pause}</Button>
      ) : null}
      {state === 'paused' ? <Button onClick={() => start([key])}>{words.resume}</Button> : null}
      {state === 'done' && filmId !== undefined ? <Button href={linkTo('films', filmId)}>{words.open}</Button> : null}
      {['sending', 'interrupted', 'paused', 'waiting'].includes(state) ? (
        <Button type="text" danger onClick={stop}>
          {words.stop}
        </Button>
      ) : (
        <Button type="text" onClick={() => void remove(key, false)}>
          {words.remove}
        </Button>
      )}
    </Space>
  );
}
