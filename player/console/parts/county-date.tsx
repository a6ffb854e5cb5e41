import { DatePicker } from 'antd';
import dayjs from 'dayjs';

/** A county date as text (`2026-12-01`), chosen from a calendar; fits into a form field. Cleared it is `''`, where it may be. */
export function CountyDate(props: {
  readonly value?: string;
  readonly onChange?: (date: string) => void;
  readonly id?: string;
  readonly 'aria-label'?: string;
  readonly placeholder?: string;
  readonly mayBeEmpty?: boolean;
}) {
  const { value, onChange, mayBeEmpty = false, ...others } = props;
  return (
    <DatePicker
      {...others}
      className="county-date"
      allowClear={mayBeEmpty}
      value={value === undefined || value === '' ? null : dayjs(value, 'YYYY-MM-DD')}
      onChange={(date) => onChange?.(date?.format('YYYY-MM-DD') ?? (mayBeEmpty ? '' : (value ?? '')))}
    />
  );
}
