import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';
import type { Season } from '../../../../media/contract/seasons.ts';
import { addCivilDays } from '../../../../media/grid/civil-time.ts';
import { CountyDate } from '../../parts/county-date.tsx';
import { useAct } from '../../parts/use-act.ts';
import { call } from '../../session/api.ts';
import { useWords } from '../../words/words.tsx';
import { useDayTemplates } from '../arrange/template-queries.ts';

interface Fields {
  readonly name: string;
  /** Last days included. */
  readonly ranges: readonly { readonly from: string; readonly last: string }[];
  readonly rules: Season['rules'];
}

const allWeekdays = [1, 2, 3, 4, 5, 6, 7];

/** Adds or changes a season. */
export function EditSeason({
  task,
  onClose,
}: {
  readonly task: Season | 'new' | undefined;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const said = words.arrange.seasons;
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { busy, act } = useAct();
  const save = async ({ name, ranges, rules }: Fields) => {
    const body = { name, rules, ranges: ranges.map(({ from, last }) => ({ from, to: addCivilDays(last, 1) })) };
    const done = await act(
      () =>
        task === 'new' || task === undefined
          ? call('createSeason', { body })
          : call('changeSeason', { params: { id: task.id }, body, ifMatch: task.version }),
      words.frame.saved,
    );
    if (!done) return;
    onClose();
    await queries.invalidateQueries({ queryKey: ['seasons'] });
  };
  return (
    <Modal
      open={task !== undefined}
      title={task === 'new' ? said.add : said.edit}
      width={640}
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
        initialValues={fieldsOf(task)}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item
          name="name"
          label={said.name}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input maxLength={60} autoFocus />
        </Form.Item>
        <RangeFields />
        <RuleFields />
      </Form>
    </Modal>
  );
}

function RangeFields() {
  const words = useWords();
  const said = words.arrange.seasons;
  const required = { required: true, message: words.frame.required };
  return (
    <Form.List name="ranges">
      {(fields, { add, remove }) => (
        <fieldset className="season-part">
          <legend>{said.ranges}</legend>
          {fields.map(({ key, name }) => (
            <div key={key} className="season-line">
              <Form.Item name={[name, 'from']} rules={[required]}>
                <CountyDate aria-label={words.arrange.from} placeholder={words.arrange.from} />
              </Form.Item>
              <Form.Item
                name={[name, 'last']}
                dependencies={[['ranges', name, 'from']]}
                rules={[
                  required,
                  ({ getFieldValue }) => ({
                    validator: (_, last: string | undefined) => {
                      const from = String(getFieldValue(['ranges', name, 'from']) ?? '');
                      return last === undefined || from <= last
                        ? Promise.resolve()
                        : Promise.reject(new Error(said.badRange));
                    },
                  }),
                ]}
              >
                <CountyDate aria-label={words.arrange.to} placeholder={words.arrange.to} />
              </Form.Item>
              {fields.length === 1 ? null : <RemoveLine label={said.remove} onRemove={() => remove(name)} />}
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>
            {said.addRange}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

function RuleFields() {
  const words = useWords();
  const said = words.arrange.seasons;
  const templates = useDayTemplates().data?.items ?? [];
  const rules = [{ required: true, message: words.frame.required }];
  const weekdays = allWeekdays.map((value) => ({ value, label: words.arrange.weekday(value) }));
  return (
    <Form.List name="rules">
      {(fields, { add, remove }) => (
        <fieldset className="season-part">
          <legend>{said.rules}</legend>
          {templates.length === 0 ? <p className="muted">{words.arrange.noTemplates}</p> : null}
          {fields.map(({ key, name }) => (
            <div key={key} className="season-line">
              <Form.Item name={[name, 'template']} label={words.arrange.template} rules={rules}>
                <Select options={templates.map((template) => ({ value: template.id, label: template.name }))} />
              </Form.Item>
              <Form.Item name={[name, 'shiftMinutes']} label={said.shift} rules={rules}>
                <InputNumber min={-720} max={720} precision={0} step={15} />
              </Form.Item>
              <RemoveLine label={said.remove} onRemove={() => remove(name)} />
              <Form.Item name={[name, 'weekdays']} label={said.ruleWeekdays} rules={rules} className="season-weekdays">
                <Checkbox.Group options={weekdays} />
              </Form.Item>
            </div>
          ))}
          <Button
            type="dashed"
            icon={<PlusOutlined />}
            disabled={templates.length === 0}
            onClick={() => add({ weekdays: allWeekdays, shiftMinutes: 0, template: templates[0]?.id })}
          >
            {said.addRule}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

const RemoveLine = ({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) => (
  <Button type="text" icon={<DeleteOutlined />} aria-label={label} title={label} onClick={onRemove} />
);

function fieldsOf(task: Season | 'new' | undefined): object {
  if (task === 'new' || task === undefined) return { name: '', ranges: [{}], rules: [] };
  const ranges = task.ranges.map(({ from, to }) => ({ from, last: addCivilDays(to, -1) }));
  return { name: task.name, ranges, rules: task.rules };
}
