import { App, Button, Space } from 'antd';
import type { Film } from '../../../media/contract/library.ts';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { isBeingMade } from './film-status.ts';

/** Hurry, hold or stop the encode of a film while there is one. */
export function EncodeActions({ film, onDone }: { readonly film: Film; readonly onDone: () => unknown }) {
  const words = useWords().films.page;
  const { person } = useSession();
  const { modal } = App.useApp();
  const { busy, act } = useAct();
  if (!isBeingMade(film)) return null;
  const params = { id: film.id };
  const run = (deed: () => Promise<unknown>, done?: string) => act(deed, done).then(onDone);
  const stop = () =>
    modal.confirm({
      title: words.cancelTitle,
      content: words.cancelExplain,
      okText: words.cancelEncode,
      okButtonProps: { danger: true },
      onOk: () => run(() => call('cancelFilm', { params })),
    });
  return (
    <Space wrap>
      {mayDo(person, 'manage-queue', film.owner.id) && film.paused !== true ? (
        <Button loading={busy} onClick={() => void run(() => call('bumpFilm', { params }), words.bumped)}>
          {words.bump}
        </Button>
      ) : null}
      {mayDo(person, 'retry-encode', film.owner.id) ? (
        <>
          <Button
            loading={busy}
            onClick={() => void run(() => call(film.paused === true ? 'resumeFilm' : 'pauseFilm', { params }))}
          >
            {film.paused === true ? words.resumeEncode : words.pauseEncode}
          </Button>
          <Button danger onClick={() => void stop()}>
            {words.cancelEncode}
          </Button>
        </>
      ) : null}
    </Space>
  );
}
