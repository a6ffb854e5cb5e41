import { Alert, Button } from 'antd';
import { useWords, type Words } from '../../words/words.tsx';
import { showClock } from '../clock-text.ts';
import type { Conflict, Laid } from './lay-blocks.ts';

const shownConflicts = 8;

/** What would be added and what would be left out, before it is done. */
export function LaidPreview(props: {
  readonly laid: Laid | undefined;
  readonly days: number;
  readonly onApply: () => void;
}) {
  const { laid, days } = props;
  const said = useWords().arrange;
  const conflicts = laid?.conflicts ?? [];
  const isEmpty = laid === undefined || laid.placed === 0;
  return (
    <>
      <p role="status">
        {laid === undefined || (isEmpty && laid.present === 0)
          ? said.nothing
          : said.preview(laid.placed, laid.present, days)}
      </p>
      {conflicts.length === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title={said.conflicts(conflicts.length)}
          description={
            <ul className="laid-conflicts">
              {conflicts.slice(0, shownConflicts).map((conflict, index) => (
                <li key={`${conflict.day}-${conflict.clock}-${index}`}>{conflictText(conflict, said)}</li>
              ))}
              {conflicts.length > shownConflicts ? <li>{said.more(conflicts.length - shownConflicts)}</li> : null}
            </ul>
          }
        />
      )}
      <Button type="primary" disabled={isEmpty} onClick={props.onApply}>
        {said.apply}
      </Button>
    </>
  );
}

function conflictText({ day, clock, title, withTitle }: Conflict, said: Words['arrange']): string {
  const at = `${day.slice(5).replace('-', '/')} ${showClock(clock)}`;
  const named = (name: string): string => (name === '' ? said.unnamed : name);
  return withTitle === undefined ? said.outside(at, named(title)) : said.conflict(at, named(title), named(withTitle));
}
