import { Input } from 'antd';
import { useState } from 'react';

/** A field that is read when it is left or Enter is pressed; what cannot be read stays, marked, with a hint. */
export function TypedField<T>(props: {
  readonly label: string;
  readonly value: string;
  readonly read: (text: string) => T | undefined;
  readonly onRead: (value: T) => void;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
}) {
  const [typed, setTyped] = useState<string>();
  const [isLeft, setIsLeft] = useState(false);
  const isWrong = isLeft && typed !== undefined && props.read(typed) === undefined;
  const finish = () => {
    setIsLeft(true);
    if (typed === undefined) return;
    const value = props.read(typed);
    if (value === undefined) return;
    setTyped(undefined);
    if (typed !== props.value) props.onRead(value);
  };
  const field = (
    <Input
      aria-label={props.label}
      aria-invalid={isWrong}
      data-typing={typed !== undefined && typed !== props.value}
      className="typed-field"
      value={typed ?? props.value}
      placeholder={props.placeholder ?? ''}
      disabled={props.disabled ?? false}
      {...(isWrong ? { status: 'error' as const } : {})}
      onFocus={() => setIsLeft(false)}
      onChange={(event) => {
        setTyped(event.target.value);
        setIsLeft(false);
      }}
      onBlur={finish}
      onPressEnter={finish}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setTyped(undefined);
      }}
    />
  );
  return (
    <>
      {field}
      {isWrong && props.hint !== undefined ? (
        <span className="bad" role="alert">
          {props.hint}
        </span>
      ) : null}
    </>
  );
}
