import { Alert, App, Button, Drawer, Pagination, Select, Space } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Film } from '../../../../media/contract/library.ts';
import { cueClock } from '../../../../media/film/cue.ts';
import { readSubtitles } from '../../../../media/film/read-subtitles.ts';
import { languageName } from '../../../shared/language-name.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { call } from '../../session/api.ts';
import { useSpeech } from '../../words/words.tsx';
import { languageOptions } from '../language-options.ts';
import { CueRow } from './cue-row.tsx';
import { cueAt, type EditedCue, editedCues, timeTrouble, withCueAt, writeEdited } from './edited-cues.ts';
import { EditorVideo } from './editor-video.tsx';
import { FindingList, findingsOf } from './finding-list.tsx';
import { sendSubtitles } from './send-subtitles.ts';

/** Subtitles to edit; without an id they are new. */
export interface EditedTrack {
  readonly id?: string;
  readonly language: string;
  readonly name?: string;
}

const pageSize = 40;

/** The cues of a film's subtitles beside its picture; saving makes a new version of them. */
export function CueEditor(props: {
  readonly film: Film;
  readonly track: EditedTrack;
  readonly mayChange: boolean;
  readonly onClose: () => void;
}) {
  const { film, track, mayChange, onClose } = props;
  const { words, language: speech } = useSpeech();
  const said = words.tracks.editor;
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const video = useRef<HTMLVideoElement>(null);
  const [language, setLanguage] = useState(track.language);
  const [cues, setCues] = useState<readonly EditedCue[]>();
  const [isChanged, setChanged] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>();
  const [page, setPage] = useState(1);
  const [positionMs, setPositionMs] = useState(0);
  const nextKey = useRef(1_000_000);
  const { id: trackId } = track;
  useEffect(() => {
    if (trackId === undefined) {
      setCues([]);
      return;
    }
    let isGone = false;
    call('readSubtitles', { params: { id: film.id, trackId } }).then(
      (text) => {
        if (!isGone) setCues(editedCues(readSubtitles(text, Infinity).cues));
      },
      (failure: unknown) => {
        if (!isGone) setError(failure);
      },
    );
    return () => {
      isGone = true;
    };
  }, [film.id, trackId]);

  const list = cues ?? [];
  const mistakes = list.filter((cue) => timeTrouble(cue) !== undefined).length;
  const change = (next: readonly EditedCue[]) => {
    setCues(next);
    setChanged(true);
  };
  const here = () => Math.round((video.current?.currentTime ?? 0) * 1000);
  const insert = (atMs: number) => {
    const key = nextKey.current++;
    const next = withCueAt(list, atMs, key);
    change(next);
    setPage(Math.floor(next.findIndex((cue) => cue.key === key) / pageSize) + 1);
    setTimeout(() => document.querySelector<HTMLElement>(`[data-cue="${key}"] textarea`)?.focus(), 50);
  };
  const save = async () => {
    if (mistakes > 0 || isSaving || !mayChange) return;
    setSaving(true);
    setError(undefined);
    try {
      const name = track.name ?? languageName(language, speech);
      await sendSubtitles(film.id, new TextEncoder().encode(writeEdited(list)), { language, name });
      await queries.invalidateQueries({ queryKey: ['tracks', film.id] });
      void message.success(said.saved);
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setSaving(false);
    }
  };
  const close = () => {
    if (!isChanged) {
      onClose();
      return;
    }
    void modal.confirm({
      title: said.leaveTitle,
      content: said.leaveExplain,
      okText: said.leave,
      okButtonProps: { danger: true },
      onOk: onClose,
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    void save();
  };
  const refused = findingsOf(error);
  const shown = cueAt(list, positionMs);
  return (
    <Drawer
      open
      size="100%"
      title={said.title(languageName(language, speech))}
      onClose={close}
      extra={
        <Space wrap>
          {trackId === undefined ? (
            <Select
              aria-label={words.tracks.language}
              value={language}
              options={languageOptions(words.films, language).map(({ value }) => ({
                value,
                label: languageName(value, speech),
              }))}
              onChange={setLanguage}
              popupMatchSelectWidth={false}
            />
          ) : null}
          <Button
            type="primary"
            loading={isSaving}
            disabled={!mayChange || !isChanged || mistakes > 0 || list.length === 0}
            onClick={() => void save()}
          >
            {said.save}
          </Button>
        </Space>
      }
    >
      <div className="cue-editor" onKeyDown={onKeyDown}>
        <div className="cue-editor-picture">
          <EditorVideo film={film} video={video} onPosition={setPositionMs} />
          <p className="cue-editor-shown" aria-live="off">
            {shown?.text ?? ''}
          </p>
          <Space wrap>
            <code>{cueClock(positionMs)}</code>
            {mayChange ? <Button onClick={() => insert(here())}>{said.insert}</Button> : null}
            <span className="muted">{said.count(list.length)}</span>
          </Space>
          <p className="muted">{said.hint}</p>
          {mistakes > 0 ? <Alert type="warning" showIcon title={said.mistakes(mistakes)} /> : null}
          {error === undefined ? null : refused === undefined ? (
            <ErrorNotice error={error} />
          ) : (
            <Alert
              type="error"
              showIcon
              role="alert"
              title={words.tracks.refused}
              description={<FindingList findings={refused} />}
            />
          )}
        </div>
        <div className="cue-editor-list">
          {cues?.length === 0 ? <p className="muted">{said.empty}</p> : null}
          {list.slice((page - 1) * pageSize, page * pageSize).map((cue) => (
            <CueRow
              key={cue.key}
              cue={cue}
              isShown={cue.key === shown?.key}
              isFixed={!mayChange}
              onChange={(next) => change(list.map((one) => (one.key === cue.key ? next : one)))}
              onRemove={() => change(list.filter((one) => one.key !== cue.key))}
              onJump={(ms) => {
                if (video.current !== null) video.current.currentTime = ms / 1000;
              }}
              onInsert={insert}
              here={here}
            />
          ))}
          {list.length > pageSize ? (
            <Pagination
              current={page}
              pageSize={pageSize}
              total={list.length}
              showSizeChanger={false}
              onChange={setPage}
            />
          ) : null}
        </div>
      </div>
    </Drawer>
  );
}
