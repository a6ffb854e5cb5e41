import { Alert, Button } from 'antd';
import { useSpeech } from '../words/words.tsx';
import { explainError } from '../words/explain-error.ts';

/** Says what went wrong and offers to try again. */
export function ErrorNotice({ error, onAgain }: { readonly error: unknown; readonly onAgain?: () => void }) {
  const { language, words } = useSpeech();
  const { text, detail, requestId } = explainError(error, language);
  const shown = detail !== undefined && detail !== text;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={text}
      description={
        shown || requestId !== undefined ? (
          <>
            {shown ? <div>{detail}</div> : null}
            {requestId === undefined ? null : <small className="muted">{words.frame.requestId(requestId)}</small>}
          </>
        ) : undefined
      }
      action={
        onAgain === undefined ? undefined : (
          <Button size="small" onClick={onAgain}>
            {words.frame.again}
          </Button>
        )
      }
    />
  );
}
