import { Button, Card, Space } from 'antd';
import { Screen } from '../../parts/screen.tsx';
import { useStore } from '../../parts/store.ts';
import { useLeaveWarning } from '../../parts/use-leave-warning.ts';
import { useWords } from '../../words/words.tsx';
import { DropZone } from './drop-zone.tsx';
import { UnfinishedUploads } from './unfinished-uploads.tsx';
import { clearDone, isBusy, pause, start, uploads } from './upload-queue.ts';
import { UploadRow } from './upload-row.tsx';
import type { UploadState } from './upload-entry.ts';

/** Chooses films, describes them and shows how they travel. */
export function UploadPage() {
  const words = useWords().films.upload;
  const entries = useStore(uploads);
  useLeaveWarning(isBusy(entries));
  const keysIn = (...states: readonly UploadState[]) =>
    entries.filter(({ state }) => states.includes(state)).map(({ key }) => key);
  const chosen = keysIn('chosen');
  const running = keysIn('waiting', 'sending', 'interrupted');
  const paused = keysIn('paused');
  return (
    <Screen title={words.title}>
      <DropZone />
      {entries.length === 0 ? null : (
        <Card
          size="small"
          className="uploads"
          title={
            <Space wrap>
              {chosen.length > 0 ? (
                <Button type="primary" onClick={() => start(chosen)}>
                  {words.start(chosen.length)}
                </Button>
              ) : null}
              {running.length > 0 ? <Button onClick={() => pause(running)}>{words.pauseAll}</Button> : null}
              {paused.length > 0 ? <Button onClick={() => start(paused)}>{words.resumeAll}</Button> : null}
              {keysIn('done').length > 0 ? <Button onClick={clearDone}>{words.clearDone}</Button> : null}
            </Space>
          }
        >
          <ul className="upload-list">
            {entries.map((entry) => (
              <UploadRow key={entry.key} entry={entry} />
            ))}
          </ul>
        </Card>
      )}
      <UnfinishedUploads underWay={entries} />
    </Screen>
  );
}
