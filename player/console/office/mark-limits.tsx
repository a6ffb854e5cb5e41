import { Form, InputNumber } from 'antd';
import type { CountySettings } from '../../../media/contract/county-settings.ts';
import { useWords } from '../words/words.tsx';

type Limit = keyof CountySettings['technicalCheck'];
/** Bounds of the contract; lengths in seconds, as people read them. */
const seconds: readonly (readonly [limit: Limit, least: number, most: number])[] = [
  ['blackMs', 0.4, 60],
  ['freezeMs', 1, 600],
  ['silenceMs', 1, 600],
  ['clippingMs', 0.08, 60],
];

/** From where on the technical check shows a mark. */
export function MarkLimits() {
  const all = useWords();
  const words = all.check.limits;
  const rules = [{ required: true, message: all.frame.required }];
  return (
    <fieldset className="limits">
      <legend>{words.title}</legend>
      <p className="muted">{words.hint}</p>
      {seconds.map(([limit, least, most]) => (
        <Form.Item
          key={limit}
          name={['technicalCheck', limit]}
          label={words[limit]}
          rules={rules}
          getValueProps={(ms: number | null) => ({ value: ms === null ? null : ms / 1000 })}
          normalize={(value: number | null) => (value === null ? null : Math.round(value * 1000))}
        >
          <InputNumber min={least} max={most} step={0.1} />
        </Form.Item>
      ))}
      <Form.Item name={['technicalCheck', 'loudnessLu']} label={words.loudnessLu} rules={rules}>
        <InputNumber min={6} max={30} step={0.5} />
      </Form.Item>
      <Form.Item
        name={['technicalCheck', 'filledPercent']}
        label={words.filledPercent}
        extra={words.filledHint}
        rules={rules}
      >
        <InputNumber min={0} max={100} precision={0} />
      </Form.Item>
    </fieldset>
  );
}
