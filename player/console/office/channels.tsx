import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { type Channel, usualGapCardHours } from '../../../media/contract/channels.ts';
import { useCategories } from '../films/film-queries.ts';
import { languageOptions } from '../films/language-options.ts';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { useAct } from '../parts/use-act.ts';
import { useChannels } from '../parts/use-names.ts';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import { CodeField } from './code-field.tsx';

/** Channels of the county. */
export function Channels() {
  const words = useWords();
  const said = words.office.channels;
  const channels = useChannels();
  const [task, setTask] = useState<Channel | 'new'>();
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setTask('new')}>
      {said.add}
    </Button>
  );
  return (
    <Screen title={said.title} actions={add}>
      <Loaded from={channels}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={said.empty}>{add}</Nothing>
          ) : (
            <WholeTable<Channel>
              rowKey="code"
              size="middle"
              dataSource={items}
              columns={[
                { title: said.name, dataIndex: 'name', render: (name: string) => <strong>{name}</strong> },
                { title: said.code, dataIndex: 'code', render: (code: string) => <code>{code}</code> },
                {
                  title: said.audience,
                  dataIndex: 'audience',
                  render: (audience: Channel['audience']) => words.films.page.audiences[audience],
                },
                {
                  title: said.package,
                  dataIndex: 'package',
                  render: (kind: Channel['package']) => said.packages[kind],
                },
                {
                  key: 'actions',
                  render: (_, channel) => (
                    <Button
                      size="small"
                      icon={<EditOutlined />}
                      aria-label={`${words.frame.edit} ${channel.name}`}
                      onClick={() => setTask(channel)}
                    />
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <EditChannel task={task} onClose={() => setTask(undefined)} />
    </Screen>
  );
}

type Fields = Pick<
  Channel,
  'name' | 'code' | 'audience' | 'package' | 'fillerCategories' | 'fillerRestHours' | 'gapCardHours'
> & {
  /** Asked for on channels that air several. */
  readonly languages?: string[];
};

function EditChannel({ task, onClose }: { readonly task: Channel | 'new' | undefined; readonly onClose: () => void }) {
  const words = useWords();
  const said = words.office.channels;
  const queries = useQueryClient();
  const categories = useCategories().data?.items ?? [];
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch('package', { form, preserve: true });
  const { busy, act } = useAct();
  const save = async (fields: Fields) => {
    const { name, audience, languages, fillerCategories, fillerRestHours, gapCardHours } = fields;
    const done = await act(
      () =>
        task === 'new' || task === undefined
          ? call('createChannel', { body: fields })
          : call('changeChannel', {
              params: { code: task.code },
              body: {
                name,
                audience,
                fillerCategories,
                fillerRestHours,
                gapCardHours,
                ...(languages && { languages }),
              },
            }),
      words.frame.saved,
    );
    if (!done) return;
    onClose();
    await queries.invalidateQueries({ queryKey: ['channels'] });
  };
  return (
    <Modal
      open={task !== undefined}
      title={task === 'new' ? said.add : words.frame.edit}
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
        initialValues={
          task === 'new' || task === undefined
            ? {
                audience: 'members',
                package: 'ts',
                languages: ['zh-CN'],
                fillerCategories: [],
                fillerRestHours: 0,
                gapCardHours: usualGapCardHours,
              }
            : task
        }
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item
          name="name"
          label={said.name}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input maxLength={60} autoFocus />
        </Form.Item>
        {task === 'new' ? <CodeField label={said.code} /> : null}
        <Form.Item name="audience" label={said.audience}>
          <Select
            options={(['members', 'public'] as const).map((value) => ({
              value,
              label: words.films.page.audiences[value],
            }))}
          />
        </Form.Item>
        <Form.Item name="fillerCategories" label={said.fillers} extra={said.fillersHint}>
          <Select mode="multiple" options={categories.map(({ code, name }) => ({ value: code, label: name }))} />
        </Form.Item>
        <Form.Item name="fillerRestHours" label={said.fillerRest} extra={said.fillerRestHint}>
          <InputNumber min={0} max={72} precision={0} />
        </Form.Item>
        <Form.Item name="gapCardHours" label={said.gapCards} extra={said.gapCardsHint}>
          <InputNumber min={0} max={72} precision={0} />
        </Form.Item>
        {task === 'new' ? (
          <Form.Item name="package" label={said.package}>
            <Select options={(['ts', 'cmaf'] as const).map((value) => ({ value, label: said.packages[value] }))} />
          </Form.Item>
        ) : null}
        {kind === 'cmaf' ? (
          <Form.Item
            name="languages"
            label={said.languages}
            extra={said.languagesHint}
            rules={[{ required: true, message: words.frame.required }]}
          >
            <Select mode="multiple" maxCount={8} options={languageOptions(words.films)} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
