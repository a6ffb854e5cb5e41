import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import type { Category } from '../../../media/contract/places.ts';
import { useCategories } from '../films/film-queries.ts';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { useAct } from '../parts/use-act.ts';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import { CodeField } from './code-field.tsx';

/** Categories of films and how many people must pass one of theirs. */
export function Categories() {
  const words = useWords();
  const said = words.office.categories;
  const categories = useCategories();
  const [task, setTask] = useState<Category | 'new'>();
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setTask('new')}>
      {said.add}
    </Button>
  );
  return (
    <Screen title={said.title} actions={add}>
      <Loaded from={categories}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={said.empty}>{add}</Nothing>
          ) : (
            <WholeTable<Category>
              rowKey="code"
              size="middle"
              dataSource={items}
              columns={[
                { title: said.name, dataIndex: 'name', render: (name: string) => <strong>{name}</strong> },
                { title: said.code, dataIndex: 'code', render: (code: string) => <code>{code}</code> },
                { title: said.reviewsNeeded, dataIndex: 'reviewsNeeded' },
                {
                  key: 'actions',
                  render: (_, category) => (
                    <Button
                      size="small"
                      icon={<EditOutlined />}
                      aria-label={`${words.frame.edit} ${category.name}`}
                      onClick={() => setTask(category)}
                    />
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <EditCategory task={task} onClose={() => setTask(undefined)} />
    </Screen>
  );
}

interface Fields {
  readonly name: string;
  readonly code: string;
  readonly reviewsNeeded: number;
}

function EditCategory({
  task,
  onClose,
}: {
  readonly task: Category | 'new' | undefined;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const said = words.office.categories;
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { busy, act } = useAct();
  const save = async ({ name, code, reviewsNeeded }: Fields) => {
    const done = await act(
      () =>
        task === 'new' || task === undefined
          ? call('createCategory', { body: { name, code, reviewsNeeded } })
          : call('changeCategory', { params: { code: task.code }, body: { name, reviewsNeeded } }),
      words.frame.saved,
    );
    if (!done) return;
    onClose();
    await queries.invalidateQueries({ queryKey: ['categories'] });
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
        initialValues={task === 'new' || task === undefined ? { reviewsNeeded: 1 } : task}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item
          name="name"
          label={said.name}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input maxLength={40} autoFocus />
        </Form.Item>
        {task === 'new' ? <CodeField label={said.code} /> : null}
        <Form.Item name="reviewsNeeded" label={said.reviewsNeeded}>
          <InputNumber min={1} max={3} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
