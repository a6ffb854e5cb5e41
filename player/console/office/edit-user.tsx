import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import type { RoleAtPlace, User } from '../../../media/contract/accounts.ts';
import { type Role, roles } from '../../../media/contract/permissions.ts';
import { useAct } from '../parts/use-act.ts';
import { usePlaces } from '../parts/use-names.ts';
import { call } from '../session/api.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import type { InvitationToShow } from './invitation-dialog.tsx';

interface Fields {
  readonly name: string;
  readonly username: string;
  readonly roles: RoleAtPlace[];
}

/** Adds a person, or changes name and roles of one. */
export function EditUser(props: {
  readonly task: User | 'new' | undefined;
  readonly onClose: () => void;
  readonly onLink: (link: InvitationToShow) => void;
}) {
  const { task, onClose, onLink } = props;
  const words = useWords();
  const said = words.office.users;
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { busy, act } = useAct();
  const places = usePlaces();
  const firstPlace = places.data?.items[0]?.code;
  const isNew = task === 'new';
  const save = async (fields: Fields) => {
    const done = await act(async () => {
      if (task === 'new' || task === undefined) {
        const { invitation, name } = await call('createUser', {
          body: { ...fields, username: fields.username.trim() },
        });
        onLink({ name, ...invitation });
      } else await call('changeUser', { params: { id: task.id }, body: { name: fields.name, roles: fields.roles } });
    }, words.frame.saved);
    if (!done) return;
    onClose();
    await queries.invalidateQueries({ queryKey: ['users'] });
  };
  return (
    <Modal
      open={task !== undefined}
      title={isNew ? said.add : words.frame.edit}
      okText={words.frame.save}
      cancelText={words.frame.cancel}
      okButtonProps={{ loading: busy }}
      loading={places.isPending}
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
        initialValues={task === 'new' || task === undefined ? { roles: [{ place: firstPlace }] } : task}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item
          name="name"
          label={said.name}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input maxLength={60} autoFocus autoComplete="off" />
        </Form.Item>
        {isNew ? (
          <Form.Item
            name="username"
            label={said.username}
            extra={said.usernameHint}
            rules={[
              { required: true, message: words.frame.required },
              { pattern: /^\s*[\p{L}\p{N}._-]{2,32}\s*$/u, message: said.usernameHint },
            ]}
          >
            <Input maxLength={32} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          </Form.Item>
        ) : null}
        <RoleFields />
      </Form>
    </Modal>
  );
}

/** Roles, each at a place. */
function RoleFields() {
  const words = useWords();
  const said = words.office.users;
  const { person } = useSession();
  const places = usePlaces().data?.items ?? [];
  const isAdmin = person.roles.some(({ role }) => role === 'admin');
  // A township office adds members only; the server holds to it.
  const offered: readonly Role[] = isAdmin ? roles.filter((role) => role !== 'station') : ['member'];
  return (
    <Form.List name="roles">
      {(fields, { add, remove }) => (
        <fieldset className="roles">
          <legend>{said.roles}</legend>
          {fields.map(({ key, name }) => (
            <div key={key} className="role">
              <Form.Item name={[name, 'role']} rules={[{ required: true, message: words.frame.required }]}>
                <Select
                  aria-label={said.role}
                  placeholder={said.role}
                  popupMatchSelectWidth={300}
                  options={offered.map((role) => ({ value: role, label: words.frame.roles[role] }))}
                  optionRender={({ data, value }) => (
                    <span className="film-option">
                      <span>{data.label}</span>
                      <span className="muted">{said.roleNote[value as Role]}</span>
                    </span>
                  )}
                />
              </Form.Item>
              <Form.Item name={[name, 'place']} rules={[{ required: true, message: words.frame.required }]}>
                <Select
                  aria-label={said.place}
                  placeholder={said.place}
                  showSearch={{ optionFilterProp: 'label' }}
                  options={places.map(({ code, name: label }) => ({ value: code, label }))}
                />
              </Form.Item>
              {fields.length > 1 ? (
                <Button
                  type="text"
                  icon={<MinusCircleOutlined />}
                  aria-label={said.removeRole}
                  onClick={() => remove(name)}
                />
              ) : null}
            </div>
          ))}
          <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add({ place: places[0]?.code })}>
            {said.addRole}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
