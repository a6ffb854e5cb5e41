import { Alert, Button, Progress } from 'antd';
import { useState } from 'react';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';

interface Checked {
  readonly toSeq: number;
  readonly lastSeq: number;
  readonly firstBadSeq?: number | undefined;
}

/** Has every entry of the record followed again, a stretch at a time, and tells how far it is and what came out. */
export function CheckChain() {
  const said = useWords().keeping.audit;
  const [checked, setChecked] = useState<Checked>();
  const { busy, act } = useAct();
  const check = () =>
    act(async () => {
      let found: Checked = { toSeq: 0, lastSeq: 1 };
      while (found.firstBadSeq === undefined && found.toSeq < found.lastSeq) {
        found = await call('checkAudit', { query: { after: String(found.toSeq) } });
        setChecked(found);
      }
    });
  return (
    <div className="check-chain" role="status">
      <Button loading={busy} onClick={() => void check()}>
        {busy ? said.checking : said.check}
      </Button>
      {checked === undefined ? null : busy ? (
        <Progress
          percent={Math.floor((100 * checked.toSeq) / Math.max(1, checked.lastSeq))}
          size="small"
          aria-label={said.checking}
        />
      ) : checked.firstBadSeq === undefined ? (
        <Alert type="success" showIcon title={said.whole(checked.toSeq)} />
      ) : (
        <Alert type="error" showIcon title={said.broken(checked.firstBadSeq)} />
      )}
    </div>
  );
}
