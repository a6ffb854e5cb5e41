import { App, Button, Space } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Film } from '../../../media/contract/library.ts';
import { AskReason } from '../parts/ask-reason.tsx';
import { goTo } from '../parts/route.ts';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { EditFilm } from './edit-film.tsx';
import { PassedActions } from './passed-actions.tsx';
import { EncodeActions } from './encode-actions.tsx';

/** What this person may do with a film as it is now. */
export function FilmActions({ film }: { readonly film: Film }) {
  const words = useWords();
  const { person } = useSession();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const [asking, setAsking] = useState<'edit' | 'withdraw'>();
  const refresh = () => queries.invalidateQueries({ queryKey: ['film', film.id] });
  const may = (action: Parameters<typeof mayDo>[1]) => mayDo(person, action, film.owner.id);
  const canRetry = ['refused', 'failed', 'withdrawn'].includes(film.state) && may('retry-encode');
  const canWithdraw =
    ['ready', 'review', 'queued', 'encoding', 'checking'].includes(film.state) && may('withdraw-film');
  const retryText =
    film.problem?.code === 'returned' || film.state === 'withdrawn'
      ? words.films.page.handInAgain
      : words.films.page.retry;
  const remove = async () => {
    const done = await act(() => call('deleteFilm', { params: { id: film.id } }), words.films.page.deleted);
    if (!done) return;
    goTo('films');
    await queries.invalidateQueries({ queryKey: ['films'] });
  };
  return (
    <Space wrap>
      {canRetry ? (
        <Button
          type="primary"
          loading={busy}
          onClick={() => void act(() => call('retryFilm', { params: { id: film.id } })).then(refresh)}
        >
          {retryText}
        </Button>
      ) : null}
      <EncodeActions film={film} onDone={refresh} />
      <PassedActions film={film} onDone={refresh} />
      {may('edit-film') ? <Button onClick={() => setAsking('edit')}>{words.films.page.edit}</Button> : null}
      {canWithdraw ? (
        <Button danger onClick={() => setAsking('withdraw')}>
          {words.films.page.withdraw}
        </Button>
      ) : null}
      {may('delete-film') ? (
        <Button
          danger
          onClick={() =>
            void modal.confirm({
              title: words.films.page.deleteTitle,
              content: words.films.page.deleteExplain,
              okText: words.films.page.delete,
              okButtonProps: { danger: true },
              onOk: remove,
            })
          }
        >
          {words.films.page.delete}
        </Button>
      ) : null}
      <EditFilm film={film} open={asking === 'edit'} onClose={() => setAsking(undefined)} onSaved={refresh} />
      <AskReason
        open={asking === 'withdraw'}
        title={words.films.page.withdrawTitle}
        explain={words.films.page.withdrawExplain}
        label={words.films.page.reason}
        danger
        onClose={() => setAsking(undefined)}
        onReason={async (reason) => {
          await call('withdrawFilm', { params: { id: film.id }, body: { reason } });
          await refresh();
        }}
      />
    </Space>
  );
}
