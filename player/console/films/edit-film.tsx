import { Form, Input, Modal, Select } from 'antd';
import type { Film } from '../../../media/contract/library.ts';
import { CountyDate } from '../parts/county-date.tsx';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import { chapterLines, readChapterLines } from './chapter-lines.ts';
import { useCategories } from './film-queries.ts';
import { languageOptions } from './language-options.ts';

interface Fields {
  readonly title: string;
  readonly category?: string;
  readonly language: string;
  readonly audience: Film['audience'];
  readonly synopsis?: string;
  /** One in a line. */
  readonly chapterLines?: string;
  /** Empty where there is no limit. */
  readonly airFrom?: string;
  readonly airUntil?: string;
}

/** Changes what is written about a film. */
export function EditFilm(props: {
  readonly film: Film;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<unknown>;
}) {
  const { film } = props;
  const words = useWords();
  const said = words.films.page;
  const categories = useCategories().data?.items ?? [];
  const [form] = Form.useForm<Fields>();
  const { busy, act } = useAct();
  const written = chapterLines(film.chapters, said.chapter);
  const save = async ({ title, category, language, audience, synopsis, airFrom, airUntil, ...more }: Fields) => {
    const read = readChapterLines(more.chapterLines ?? '');
    const isChanged = (more.chapterLines ?? '') !== written && 'chapters' in read;
    const body = {
      title,
      language,
      audience,
      ...(category ? { category } : {}),
      ...(synopsis?.trim() ? { synopsis } : {}),
      ...(isChanged ? { chapters: read.chapters } : {}),
      airFrom: airFrom || null,
      airUntil: airUntil || null,
    };
    if (
      !(await act(
        () => call('changeFilm', { params: { id: film.id }, body, ifMatch: film.wordsVersion }),
        words.frame.saved,
      ))
    )
      return;
    props.onClose();
    await props.onSaved();
  };
  return (
    <Modal
      open={props.open}
      title={said.edit}
      okText={words.frame.save}
      cancelText={words.frame.cancel}
      okButtonProps={{ loading: busy }}
      destroyOnHidden
      onOk={() => {
        form.submit();
      }}
      onCancel={props.onClose}
    >
      <Form
        form={form}
        clearOnDestroy
        layout="vertical"
        initialValues={{ ...film, chapterLines: written }}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item
          name="title"
          label={said.title}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="category" label={said.category}>
          <Select options={categories.map(({ code, name }) => ({ value: code, label: name }))} />
        </Form.Item>
        <Form.Item name="language" label={said.language}>
          <Select options={languageOptions(words.films, film.language)} />
        </Form.Item>
        <Form.Item name="audience" label={said.audience}>
          <Select
            options={(['members', 'public'] as const).map((value) => ({ value, label: said.audiences[value] }))}
          />
        </Form.Item>
        <div className="two">
          <Form.Item name="airFrom" label={said.airFrom}>
            <CountyDate mayBeEmpty placeholder={said.noLimit} />
          </Form.Item>
          <Form.Item name="airUntil" label={said.airUntil}>
            <CountyDate mayBeEmpty placeholder={said.noLimit} />
          </Form.Item>
        </div>
        <Form.Item name="synopsis" label={said.synopsis}>
          <Input.TextArea rows={4} maxLength={2000} showCount />
        </Form.Item>
        <Form.Item
          name="chapterLines"
          label={said.chapters}
          extra={said.chaptersHint}
          rules={[
            {
              validator: (_rule, text: string | undefined) => {
                const read = readChapterLines(text ?? '');
                return 'wrongLine' in read
                  ? Promise.reject(new Error(said.wrongChapter(read.wrongLine)))
                  : Promise.resolve();
              },
            },
          ]}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} placeholder={said.chaptersExample} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
