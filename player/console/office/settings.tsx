import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, InputNumber, Select, Switch } from 'antd';
import type { CountySettings } from '../../../media/contract/county-settings.ts';
import { highestRungs } from '../../../media/film/ladder.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import { InstalledSettings } from './installed-settings.tsx';
import { MarkLimits } from './mark-limits.tsx';

/** What the county decides for itself. */
export function Settings() {
  const words = useWords();
  const said = words.office.settings;
  const queries = useQueryClient();
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => call('readSettings') });
  const { busy, act } = useAct();
  const save = async (body: CountySettings) => {
    if (await act(() => call('changeSettings', { body }), words.frame.saved)) {
      await queries.invalidateQueries({ queryKey: ['settings'] });
    }
  };
  return (
    <Screen title={said.title}>
      <Loaded from={settings}>
        {(present) => (
          <Card className="narrow">
            <Form layout="vertical" initialValues={present} onFinish={(fields: CountySettings) => void save(fields)}>
              <Form.Item
                name="countyName"
                label={said.countyName}
                rules={[{ required: true, whitespace: true, message: words.frame.required }]}
              >
                <Input maxLength={60} />
              </Form.Item>
              <Form.Item
                name="catchUpDays"
                label={said.catchUpDays}
                rules={[{ required: true, message: words.frame.required }]}
              >
                <InputNumber min={1} max={365} precision={0} />
              </Form.Item>
              <Form.Item
                name="qualityDays"
                label={said.qualityDays}
                rules={[{ required: true, message: words.frame.required }]}
              >
                <InputNumber min={1} max={90} precision={0} />
              </Form.Item>
              <Form.Item
                name="loudnessLufs"
                label={said.loudnessLufs}
                extra={said.loudnessHint}
                rules={[{ required: true, message: words.frame.required }]}
              >
                <InputNumber min={-31} max={-14} step={0.5} />
              </Form.Item>
              <Form.Item
                name="keepOriginals"
                label={said.keepOriginals}
                extra={said.keepOriginalsHint}
                valuePropName="checked"
              >
                <Switch />
              </Form.Item>
              <Form.Item name="highestRung" label={said.highestRung} extra={said.highestRungHint}>
                <Select options={highestRungs.map((rung) => ({ value: rung, label: rung }))} />
              </Form.Item>
              <Form.Item name="hevc2160p" label={said.hevc2160p} extra={said.hevc2160pHint} valuePropName="checked">
                <Switch />
              </Form.Item>
              <MarkLimits />
              <Button type="primary" htmlType="submit" loading={busy}>
                {words.frame.save}
              </Button>
            </Form>
          </Card>
        )}
      </Loaded>
      <InstalledSettings />
    </Screen>
  );
}
