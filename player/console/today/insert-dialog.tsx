import { Checkbox, Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { codeSchema, idSchema } from '../../../media/contract/ids.ts';
import { countyCode } from '../../../media/contract/permissions.ts';
import { FilmPicker } from '../planning/film-picker.tsx';
import { useAct } from '../parts/use-act.ts';
import { useScopes } from '../parts/use-scopes.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import type { DeskDialog } from './cut-dialog.tsx';

interface Order {
  readonly scope: string;
  readonly minutes: number;
  readonly return: 'join' | 'resume';
  readonly reason: string;
  readonly drill?: boolean;
}

const noFilm = { filmId: '', filmTitle: '', filmMs: undefined };

/** Airs a film at once, for as long as it is or as somebody says. */
export function InsertDialog({ code, taken, open, onClose, onDone }: DeskDialog) {
  const words = useWords();
  const said = words.today;
  const [form] = Form.useForm<Order>();
  const [film, setFilm] = useState<{ filmId: string; filmTitle: string; filmMs: number | undefined }>(noFilm);
  const scopes = useScopes('insert-film', said.wholeChannel).map((scope) => ({
    ...scope,
    disabled: taken.includes(scope.value),
  }));
  const { busy, act } = useAct();
  const close = () => {
    setFilm(noFilm);
    onClose();
  };
  const send = async ({ scope, minutes, reason, drill = false, return: mode }: Order) => {
    const body = {
      filmId: idSchema.parse(film.filmId),
      durationMs: Math.round(minutes * 15) * 4_000,
      return: mode,
      reason,
      drill,
      ...(scope === countyCode ? {} : { scope: codeSchema.parse(scope) }),
    };
    if (!(await act(() => call('insertFilm', { params: { code }, body }), said.inserted))) return;
    close();
    await onDone();
  };
  const required = [{ required: true, message: words.frame.required }];
  return (
    <Modal
      open={open}
      title={said.insertTitle}
      destroyOnHidden
      okText={said.insert}
      cancelText={words.frame.cancel}
      okButtonProps={{ loading: busy, disabled: film.filmId === '' }}
      onOk={() => {
        form.submit();
      }}
      onCancel={close}
    >
      <Form
        form={form}
        clearOnDestroy
        layout="vertical"
        initialValues={{ scope: scopes.find(({ disabled }) => !disabled)?.value, minutes: 5, return: 'join' }}
        onFinish={(values) => void send(values)}
      >
        <Form.Item label={words.planning.page.film} required>
          <FilmPicker
            row={
              film.filmMs === undefined
                ? { filmId: film.filmId, filmTitle: film.filmTitle }
                : { ...film, filmMs: film.filmMs }
            }
            onChoose={({ filmId = '', filmTitle = '', filmMs }) => {
              setFilm({ filmId, filmTitle, filmMs });
              if (filmMs !== undefined)
                form.setFieldsValue({ minutes: Math.max(0.2, Math.round(filmMs / 4_000) / 15) });
            }}
          />
        </Form.Item>
        <Form.Item name="scope" label={said.scope}>
          <Select options={scopes} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="minutes" label={said.minutes} rules={required}>
          <InputNumber min={0.2} max={360} precision={1} />
        </Form.Item>
        <Form.Item name="return" label={said.back}>
          <Radio.Group
            options={[
              { value: 'join', label: said.join },
              { value: 'resume', label: said.resume },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={said.reason}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Form.Item name="drill" valuePropName="checked">
          <Checkbox>{said.drill}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
