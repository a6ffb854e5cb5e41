import { DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { DayTemplate } from '../../../../media/contract/day-templates.ts';
import { Loaded, Nothing } from '../../parts/loaded.tsx';
import { useAct } from '../../parts/use-act.ts';
import { call } from '../../session/api.ts';
import { mayDo, useSession } from '../../session/session.ts';
import { useWords } from '../../words/words.tsx';
import { useDayTemplates } from '../arrange/template-queries.ts';
import { showClock } from '../clock-text.ts';

/** Templates by name, with what is in them; renamed and deleted here, filled from a day of a plan. */
export function TemplateList() {
  const said = useWords().arrange.templates;
  const templates = useDayTemplates();
  const [renamed, setRenamed] = useState<DayTemplate>();
  return (
    <Card title={said.list} className="template-card">
      <Loaded from={templates}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={said.empty} />
          ) : (
            <ul className="template-list">
              {items.map((template) => (
                <TemplateLine key={template.id} template={template} onRename={() => setRenamed(template)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <RenameTemplate template={renamed} onClose={() => setRenamed(undefined)} />
    </Card>
  );
}

function TemplateLine({ template, onRename }: { readonly template: DayTemplate; readonly onRename: () => void }) {
  const words = useWords();
  const said = words.arrange.templates;
  const { person } = useSession();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const { act } = useAct();
  const remove = () =>
    void modal.confirm({
      title: said.removeTitle(template.name),
      content: said.removeExplain,
      okText: words.arrange.seasons.remove,
      okButtonProps: { danger: true },
      onOk: async () => {
        await act(() => call('deleteDayTemplate', { params: { id: template.id } }));
        await queries.invalidateQueries({ queryKey: ['day-templates'] });
      },
    });
  return (
    <li>
      <div className="template-head">
        <strong>{template.name}</strong>
        <span className="muted">{said.lines(template.items.length)}</span>
        {mayDo(person, 'edit-day-templates') ? (
          <span>
            <Button
              type="text"
              size="small"
              icon={<EditOutlined />}
              aria-label={`${said.rename} ${template.name}`}
              title={said.rename}
              onClick={onRename}
            />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={said.removeTitle(template.name)}
              title={words.arrange.seasons.remove}
              onClick={remove}
            />
          </span>
        ) : null}
      </div>
      <p className="muted">
        {template.items
          .map(({ clock, title, filmTitle }) => {
            const at = clock === undefined ? said.follows : showClock(clock);
            return `${at} ${title ?? filmTitle ?? words.arrange.unnamed}`;
          })
          .join(' · ')}
      </p>
    </li>
  );
}

function RenameTemplate({
  template,
  onClose,
}: {
  readonly template: DayTemplate | undefined;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ name: string }>();
  const { busy, act } = useAct();
  const save = async ({ name }: { name: string }) => {
    if (template === undefined) return;
    const { id, version } = template;
    const done = await act(
      () => call('changeDayTemplate', { params: { id }, body: { name }, ifMatch: version }),
      words.frame.saved,
    );
    await queries.invalidateQueries({ queryKey: ['day-templates'] });
    if (done) onClose();
  };
  return (
    <Modal
      open={template !== undefined}
      title={words.arrange.templates.rename}
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
        initialValues={{ name: template?.name }}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item
          name="name"
          label={words.arrange.save.name}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input maxLength={60} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
