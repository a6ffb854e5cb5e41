import { Checkbox, Form, Modal, type RefSelectProps, Select } from 'antd';
import { useRef } from 'react';
import { civilWeekday } from '../../../media/grid/civil-time.ts';
import { repeatDates } from '../../../media/plan/repeats.ts';
import { CountyDate } from '../parts/county-date.tsx';
import { useWords, type Words } from '../words/words.tsx';
import type { PlanRow, RowRepeat } from './plan-rows.ts';

const kinds = ['none', 'day', 'week', 'month', 'month-weekday'] as const;

interface Fields {
  readonly every: (typeof kinds)[number];
  readonly weekdays: readonly number[];
  readonly dates: readonly number[];
  readonly week: number;
  readonly weekday: number;
  /** Empty: to the end of the plan. */
  readonly until: string;
  readonly except: readonly string[];
}

const allWeekdays = [1, 2, 3, 4, 5, 6, 7];

/** Sets on which other days of the plan a line airs. */
export function RepeatDialog(props: {
  readonly row: PlanRow;
  /** Last day of the plan, included. */
  readonly lastDay: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onRepeat: (repeat: RowRepeat | undefined) => void;
}) {
  const { row, lastDay, onClose } = props;
  const words = useWords();
  const said = words.repeats;
  const [form] = Form.useForm<Fields>();
  const first = useRef<RefSelectProps>(null);
  const typed = Form.useWatch<Fields | undefined>([], form);
  const fields = { ...fieldsOf(row), ...typed };
  const everyDay = datesOf({ ...fields, except: [] }, row.day, lastDay);
  const except = fields.except.filter((date) => !everyDay.includes(date));
  return (
    <Modal
      open={props.open}
      title={said.title}
      okText={words.frame.save}
      cancelText={words.frame.cancel}
      destroyOnHidden
      afterOpenChange={(isOpen) => {
        if (isOpen) first.current?.focus();
      }}
      onOk={() => {
        form.submit();
      }}
      onCancel={onClose}
    >
      <Form
        form={form}
        clearOnDestroy
        layout="vertical"
        initialValues={fieldsOf(row)}
        onFinish={(chosen) => {
          props.onRepeat(repeatOf({ ...fieldsOf(row), ...chosen }));
          onClose();
        }}
      >
        <Form.Item name="every" label={said.every}>
          <Select ref={first} options={kinds.map((value) => ({ value, label: said.kinds[value] }))} />
        </Form.Item>
        <RuleFields every={fields.every} said={said} required={words.frame.required} />
        {fields.every === 'none' ? null : (
          <>
            <div className="two">
              <Form.Item name="until" label={said.until}>
                <CountyDate mayBeEmpty placeholder={said.untilEnd} />
              </Form.Item>
              <Form.Item name="except" label={said.except}>
                <Select
                  mode="multiple"
                  maxTagCount={3}
                  placeholder={said.exceptHint}
                  options={[...everyDay, ...except].map((value) => ({ value, label: dayText(value, said) }))}
                />
              </Form.Item>
            </div>
            <Preview days={datesOf(fields, row.day, lastDay)} said={said} />
          </>
        )}
      </Form>
    </Modal>
  );
}

function RuleFields({
  every,
  said,
  required,
}: {
  readonly every: Fields['every'];
  readonly said: Words['repeats'];
  readonly required: string;
}) {
  const rules = [{ required: true, message: required }];
  const weekdays = allWeekdays.map((value) => ({ value, label: said.weekday(value) }));
  if (every === 'week') {
    return (
      <Form.Item name="weekdays" label={said.weekdays} rules={rules}>
        <Checkbox.Group options={weekdays} />
      </Form.Item>
    );
  }
  if (every === 'month') {
    const dates = [...Array.from({ length: 31 }, (_, index) => index + 1), -1];
    return (
      <Form.Item name="dates" label={said.dates} rules={rules}>
        <Select mode="multiple" options={dates.map((value) => ({ value, label: said.dateName(value) }))} />
      </Form.Item>
    );
  }
  if (every !== 'month-weekday') return null;
  return (
    <div className="two">
      <Form.Item name="week" label={said.which}>
        <Select options={[1, 2, 3, 4, 5, -1].map((value) => ({ value, label: said.whichWeek(value) }))} />
      </Form.Item>
      <Form.Item name="weekday" label={said.weekdays}>
        <Select options={weekdays} />
      </Form.Item>
    </div>
  );
}

const shownDays = 10;

function Preview({ days, said }: { readonly days: readonly string[]; readonly said: Words['repeats'] }) {
  const first = days.slice(0, shownDays).map((day) => dayText(day, said));
  return (
    <p className="muted" role="status">
      {said.preview(days.length, [...first, ...(days.length > shownDays ? ['…'] : [])])}
    </p>
  );
}

const dayText = (date: string, said: Words['repeats']): string =>
  `${date.slice(5).replace('-', '/')} ${said.weekday(civilWeekday(date))}`;

/** What the form shows for a line: its rule, or what is likely for its day. */
function fieldsOf({ day, repeat }: PlanRow): Fields {
  const [weekday, date] = [civilWeekday(day), Number(day.slice(8))];
  return {
    every: repeat?.every ?? 'none',
    weekdays: repeat?.every === 'week' ? repeat.weekdays : [weekday],
    dates: repeat?.every === 'month' ? repeat.dates : [date],
    week: repeat?.every === 'month-weekday' ? repeat.week : Math.ceil(date / 7),
    weekday: repeat?.every === 'month-weekday' ? repeat.weekday : weekday,
    until: repeat?.until ?? '',
    except: repeat?.except ?? [],
  };
}

function repeatOf({ every, weekdays, dates, week, weekday, until, except }: Fields): RowRepeat | undefined {
  const ending = {
    ...(until === '' ? {} : { until }),
    ...(except.length === 0 ? {} : { except: [...except].sort() }),
  };
  switch (every) {
    case 'none':
      return undefined;
    case 'day':
      return { every, ...ending };
    case 'week':
      return { every, weekdays: [...weekdays].sort((a, b) => a - b), ...ending };
    case 'month':
      return { every, dates: [...dates], ...ending };
    case 'month-weekday':
      return { every, week, weekday, ...ending };
  }
}

function datesOf(fields: Fields, from: string, lastDay: string): readonly string[] {
  const repeat = repeatOf(fields);
  return repeat === undefined ? [] : repeatDates(repeat, from, lastDay);
}
