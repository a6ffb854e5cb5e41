import { CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button, Card } from 'antd';
import type { Finding, Plan } from '../../../media/contract/planning.ts';
import { type FindingCode, findingSeverities } from '../../../media/plan/finding.ts';
import { findingText } from '../../../media/plan/finding-text.ts';
import type { Language } from '../../shared/language.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import type { PlanRow } from './plan-rows.ts';

/** Everything that is wrong with a plan, errors first; each leads to its line. */
export function FindingList(props: {
  readonly plan: Plan;
  readonly rows: readonly PlanRow[];
  readonly isDirty: boolean;
  readonly onRow: (id: string) => void;
}) {
  const words = useWords().planning.page;
  const sorted = [...props.plan.findings].sort((a, b) => rank(a) - rank(b));
  return (
    <Card size="small" className="findings" title={words.findings} extra={props.isDirty ? words.notChecked : null}>
      {sorted.length === 0 ? <p className="muted">{words.noFindings}</p> : null}
      <ul>
        {sorted.slice(0, 200).map((finding, index) => {
          const { itemId } = finding;
          const number = props.rows.findIndex(({ id }) => id === itemId) + 1;
          return (
            <li key={`${finding.code}-${itemId ?? ''}-${index}`}>
              <FindingText finding={finding} />
              {itemId === undefined || number === 0 ? null : (
                <Button type="link" size="small" onClick={() => props.onRow(itemId)}>
                  {words.row(number)}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

const rank = ({ severity }: Finding): number => (severity === 'error' ? 0 : 1);

/** One finding with its cure, in the language of the page. */
export function FindingText({ finding }: { readonly finding: Finding }) {
  const { language, words } = useSpeech();
  const isError = finding.severity === 'error';
  return (
    <span className={isError ? 'finding finding-error' : 'finding finding-warning'}>
      {isError ? (
        <CloseCircleFilled aria-label={words.planning.page.error} />
      ) : (
        <WarningFilled aria-label={words.planning.page.warning} />
      )}
      <span>{sentenceOf(finding, language)}</span>
    </span>
  );
}

/** Findings of a newer server keep the server's words. */
function sentenceOf({ code, severity, message, params }: Finding, language: Language): string {
  return isKnown(code) && params !== undefined ? findingText({ code, severity, params }, language) : message;
}

const isKnown = (code: string): code is FindingCode => Object.hasOwn(findingSeverities, code);
