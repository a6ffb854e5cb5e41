import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import type { Place } from '../../../media/contract/places.ts';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import { CodeField } from './code-field.tsx';

/** A place to add, below another where that was chosen, or one to change. */
export type PlaceTask =
  { readonly kind: 'add'; readonly parent?: Place } | { readonly kind: 'edit'; readonly place: Place };

interface Fields {
  readonly name: string;
  readonly code: string;
  readonly kind: Place['kind'];
  readonly parent?: string | undefined;
  readonly operators?: string[];
  readonly hotline?: string | undefined;
}

const below: Readonly<Record<Place['kind'], Place['kind']>> = {
  county: 'township',
  township: 'station',
  village: 'station',
  station: 'station',
};

/** Adds or changes a place. */
export function EditPlace(props: {
  readonly task: PlaceTask | undefined;
  readonly places: readonly Place[];
  readonly onClose: () => void;
}) {
  const { task, places, onClose } = props;
  const words = useWords();
  const said = words.office.places;
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { busy, act } = useAct();
  const isNew = task?.kind === 'add';
  const save = async (fields: Fields) => {
    const done = await act(() => send(task, fields), words.frame.saved);
    if (!done) return;
    onClose();
    await queries.invalidateQueries({ queryKey: ['places'] });
  };
  return (
    <Modal
      open={task !== undefined}
      title={isNew ? said.add : words.frame.edit}
      okText={words.frame.save}
      cancelText={words.frame.cancel}
      okButtonProps={{ loading: busy }}
      destroyOnHidden
      onOk={() => {
        form.submit();
      }}
      onCancel={onClose}
    >
      <Form
        form={form}
        clearOnDestroy
        layout="vertical"
        initialValues={initialOf(task, places)}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item
          name="name"
          label={said.name}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input maxLength={60} autoFocus />
        </Form.Item>
        {isNew ? (
          <>
            <CodeField label={said.code} />
            <div className="two">
              <Form.Item name="parent" label={said.parent} rules={[{ required: true, message: words.frame.required }]}>
                <Select
                  showSearch={{ optionFilterProp: 'label' }}
                  options={places
                    .filter(({ kind }) => kind !== 'station')
                    .map(({ code, name }) => ({ value: code, label: name }))}
                />
              </Form.Item>
              <Form.Item name="kind" label={said.kind} rules={[{ required: true, message: words.frame.required }]}>
                <Select
                  options={(['township', 'village', 'station'] as const).map((value) => ({
                    value,
                    label: said.kinds[value],
                  }))}
                />
              </Form.Item>
            </div>
          </>
        ) : null}
        <Form.Item name="operators" label={said.operators} extra={said.operatorsHint}>
          <Select mode="tags" open={false} suffix={null} maxCount={4} tokenSeparators={[',', '，', '、']} />
        </Form.Item>
        <Form.Item name="hotline" label={said.hotline}>
          <Input maxLength={20} inputMode="tel" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function initialOf(task: PlaceTask | undefined, places: readonly Place[]): Partial<Fields> {
  if (task === undefined) return {};
  if (task.kind === 'edit') return task.place;
  const parent = task.parent ?? places.find(({ kind }) => kind === 'county');
  return parent === undefined ? {} : { parent: parent.code, kind: below[parent.kind] };
}

function send(task: PlaceTask | undefined, fields: Fields): Promise<unknown> {
  const { name, code, kind, parent } = fields;
  const shown = {
    operators: fields.operators ?? [],
    ...(fields.hotline?.trim() ? { hotline: fields.hotline.trim() } : {}),
  };
  if (task?.kind === 'edit')
    return call('changePlace', { params: { code: task.place.code }, body: { name, ...shown } });
  return call('createPlace', { body: { name, code, kind, ...shown, ...(parent === undefined ? {} : { parent }) } });
}
