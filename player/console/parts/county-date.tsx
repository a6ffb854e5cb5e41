import { DatePicker } from 'antd';
import dayjs from 'dayjs';

/** A county date as text (`2026-12-01`), chosen from a calendar; fits into a form field. */
export function CountyDate(props: {
  readonly value?: string;
  readonly onChange?: (date: string) => void;
  readonly id?: string;
  readonly 'aria-label'?: string;
}) {
  const { value, onChange, ...others } = props;
  return (
    <DatePicker
      {...others}
      className="county-date"
      allowClear={false}
      value={value === undefined ? null : dayjs(value, 'YYYY-MM-DD')}
      onChange={(date) => onChange?.(date?.format('YYYY-MM-DD') ?? value ?? '')}
    />
  );
}
