import { StarFilled, StarOutlined } from '@ant-design/icons';
import { App, Button, Space } from 'antd';
import type { Film } from '../../../media/contract/library.ts';
import { goTo } from '../parts/route.ts';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

/** What may be done with a film that was passed: recommend it, take it to a stick, encode it anew. */
export function PassedActions({ film, onDone }: { readonly film: Film; readonly onDone: () => unknown }) {
  const { tracks: words, films } = useWords();
  const { person } = useSession();
  const { modal } = App.useApp();
  const { busy, act } = useAct();
  if (film.state !== 'ready') return null;
  const reencode = async () => {
    const done = await act(async () => {
      const { id } = await call('reencodeFilm', { params: { id: film.id } });
      goTo('films', id);
    }, words.reencoded);
    if (done) await onDone();
  };
  const verify = async () => {
    if (await act(() => call('verifyFilm', { params: { id: film.id } }), words.verifyAsked)) await onDone();
  };
  const isFeatured = film.featured !== undefined;
  const feature = async () => {
    const done = await act(
      () => call('featureFilm', { params: { id: film.id }, body: { featured: !isFeatured } }),
      isFeatured ? films.page.featuredNoMore : films.page.featuredNow,
    );
    if (done) await onDone();
  };
  return (
    <Space wrap>
      {mayDo(person, 'feature-film') ? (
        <Button
          aria-pressed={isFeatured}
          icon={isFeatured ? <StarFilled /> : <StarOutlined />}
          loading={busy}
          onClick={() => void feature()}
        >
          {isFeatured ? films.page.featureEnd : films.page.feature}
        </Button>
      ) : null}
      {mayDo(person, 'download-film', film.owner.id) ? (
        <Button href={`/api/films/${film.id}/download`} download>
          {words.downloadFilm}
        </Button>
      ) : null}
      {mayDo(person, 'retry-encode', film.owner.id) && film.verifyAskedAtMs === undefined ? (
        <Button loading={busy} onClick={() => void verify()}>
          {words.verify}
        </Button>
      ) : null}
      {mayDo(person, 'retry-encode', film.owner.id) && film.renews === undefined ? (
        <Button
          loading={busy}
          onClick={() =>
            void modal.confirm({
              title: words.reencodeTitle,
              content: words.reencodeExplain,
              okText: words.reencode,
              onOk: reencode,
            })
          }
        >
          {words.reencode}
        </Button>
      ) : null}
    </Space>
  );
}
