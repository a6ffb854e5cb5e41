import { Alert, Button, Form, Input, Modal, Progress, Segmented, Select, Upload } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Film } from '../../../../media/contract/library.ts';
import type { TrackKind } from '../../../../media/film/added-track.ts';
import type { SubtitleFinding } from '../../../../media/film/subtitle-finding.ts';
import { languageName } from '../../../shared/language-name.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useSpeech } from '../../words/words.tsx';
import { languageOptions } from '../language-options.ts';
import { send } from '../upload/send-file.ts';
import { FindingList, findingsOf } from './finding-list.tsx';
import { sendSubtitles } from './send-subtitles.ts';

const accepted: Readonly<Record<TrackKind, string>> = {
  audio: 'audio/*,video/*,.mka,.mkv,.flac,.ogg,.opus',
  subtitles: '.srt,.vtt,.txt,text/vtt',
};

interface Fields {
  readonly language: string;
  readonly name?: string;
}

/** Adds a language or subtitles; a recording goes on being sent while the window is closed. */
export function AddTrack(props: { readonly film: Film; readonly open: boolean; readonly onClose: () => void }) {
  const { film } = props;
  const { words, language: speech } = useSpeech();
  const said = words.tracks;
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [kind, setKind] = useState<TrackKind>('subtitles');
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState<number>();
  const [error, setError] = useState<unknown>();
  const [told, setTold] = useState<readonly SubtitleFinding[]>();
  const refresh = () => queries.invalidateQueries({ queryKey: ['tracks', film.id] });
  const close = () => {
    form.resetFields();
    setFile(undefined);
    setError(undefined);
    setTold(undefined);
    if (sent === 100) setSent(undefined);
    props.onClose();
  };
  const sendSound = (sound: File, { language, name }: Fields) => {
    setSent(0);
    send(
      sound,
      { title: film.title, language, trackOf: film.id, ...(name?.trim() ? { trackName: name.trim() } : {}) },
      {
        onFilm: () => void refresh(),
        onProgress: (bytes) => setSent(Math.floor((100 * bytes) / Math.max(1, sound.size))),
        onInterrupted: () => undefined,
        onDone: () => {
          setSent(100);
          void refresh();
        },
        onFailed: (failure) => {
          setSent(undefined);
          setError(failure);
        },
      },
    );
  };
  const submit = async (fields: Fields) => {
    if (file === undefined) return;
    setError(undefined);
    if (kind === 'audio') {
      sendSound(file, fields);
      return;
    }
    try {
      const { language, name } = fields;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const label = name?.trim() || languageName(language, speech);
      const reply = await sendSubtitles(film.id, bytes, { language, name: label, filename: file.name });
      await refresh();
      if (reply.findings.length === 0) close();
      else setTold(reply.findings);
    } catch (failure) {
      setError(failure);
    }
  };
  const refused = findingsOf(error);
  const isBusy = sent !== undefined && sent < 100;
  const main = film.languages?.[0] ?? film.language;
  const languages = languageOptions(words.films, film.language)
    // The film's own sound stays with its pictures.
    .filter(({ value }) => kind === 'subtitles' || value !== main)
    .map(({ value, label }) => ({ value, label: kind === 'audio' ? label : languageName(value, speech) }));
  const isDone = told !== undefined || sent === 100;
  return (
    <Modal
      open={props.open}
      title={said.add}
      okText={isDone ? said.editor.close : said.add}
      cancelText={words.frame.cancel}
      okButtonProps={{ disabled: !isDone && (file === undefined || isBusy) }}
      onOk={() => {
        if (isDone) close();
        else form.submit();
      }}
      onCancel={close}
    >
      <p className="muted">{said.explain}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ language: 'zh-CN' }}
        onFinish={(fields) => void submit(fields)}
      >
        <Form.Item label={said.kind}>
          <Segmented
            value={kind}
            options={(['subtitles', 'audio'] as const).map((value) => ({ value, label: said.kinds[value] }))}
            onChange={(value) => {
              setKind(value);
              setFile(undefined);
              setError(undefined);
              form.setFieldValue('language', value === 'audio' ? undefined : 'zh-CN');
            }}
          />
        </Form.Item>
        <Form.Item name="language" label={said.language} rules={[{ required: true, message: words.frame.required }]}>
          <Select options={languages} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="name" label={said.name}>
          <Input maxLength={60} placeholder={said.namePlaceholder} />
        </Form.Item>
        <Upload
          accept={accepted[kind]}
          maxCount={1}
          fileList={file === undefined ? [] : [{ uid: file.name, name: file.name }]}
          beforeUpload={(chosen) => {
            setFile(chosen);
            setError(undefined);
            setTold(undefined);
            return false;
          }}
          onRemove={() => setFile(undefined)}
        >
          <Button disabled={isBusy}>{kind === 'audio' ? said.chooseSound : said.chooseSubtitles}</Button>
        </Upload>
      </Form>
      <div aria-live="polite">
        {sent === undefined ? null : (
          <>
            <Progress percent={sent} aria-label={said.kinds[kind]} />
            <p>{sent < 100 ? said.sending(sent) : said.sent}</p>
          </>
        )}
        {told === undefined ? null : (
          <Alert
            type="warning"
            showIcon
            title={words.frame.clauses([said.sent, said.told])}
            description={<FindingList findings={told} />}
          />
        )}
        {error === undefined ? null : refused === undefined ? (
          <ErrorNotice error={error} />
        ) : (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={said.refused}
            description={<FindingList findings={refused} />}
          />
        )}
      </div>
    </Modal>
  );
}
