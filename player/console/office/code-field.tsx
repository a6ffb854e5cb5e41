import { Form, Input } from 'antd';
import { useWords } from '../words/words.tsx';

/** A field for the code of a place, channel or category. */
export function CodeField({ label }: { readonly label: string }) {
  const words = useWords();
  const hint = words.office.places.codeHint;
  return (
    <Form.Item
      name="code"
      label={label}
      extra={hint}
      rules={[
        { required: true, message: words.frame.required },
        { pattern: /^[a-z][a-z0-9-]{0,31}$/, message: hint },
      ]}
    >
      <Input maxLength={32} autoCapitalize="none" autoCorrect="off" spellCheck={false} />
    </Form.Item>
  );
}
