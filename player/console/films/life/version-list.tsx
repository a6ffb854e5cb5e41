import { App, Button, Card, Space, Tag } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FilmVersion } from '../../../../media/contract/film-versions.ts';
import type { Film } from '../../../../media/contract/library.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { linkTo } from '../../parts/route.ts';
import { useStore } from '../../parts/store.ts';
import { useAct } from '../../parts/use-act.ts';
import { call } from '../../session/api.ts';
import { mayDo, useSession } from '../../session/session.ts';
import { useWords } from '../../words/words.tsx';
import { FilmStatusLine } from '../film-status-line.tsx';
import { uploads } from '../upload/upload-queue.ts';
import { UploadRow } from '../upload/upload-row.tsx';
import { useFilmVersions } from './life-queries.ts';
import { ReplaceFile } from './replace-file.tsx';

const replaceable: readonly Film['state'][] = ['ready', 'review', 'refused', 'failed'];

/** Which version of a film is on air and which waits, and the way to give it another file. */
export function VersionList({ film }: { readonly film: Film }) {
  const words = useWords().filmLife.versions;
  const { person } = useSession();
  const versions = useFilmVersions(film.id);
  const [isReplacing, setReplacing] = useState(false);
  const sending = useStore(uploads).filter(({ replaces }) => replaces === film.id);
  useRefreshWhenSent(film.id, sending.filter(({ state }) => state === 'done').length);
  const hasNew = versions.data?.some(({ change }) => change === 'file' || change === 'encode') === true;
  const underWay = sending.filter(({ state }) => state !== 'done');
  const mayReplace =
    mayDo(person, 'upload-film', film.owner.id) && replaceable.includes(film.state) && !hasNew && underWay.length === 0;
  return (
    <Card
      size="small"
      title={words.title}
      extra={
        mayReplace ? (
          <Button size="small" onClick={() => setReplacing(true)}>
            {words.replace}
          </Button>
        ) : null
      }
    >
      {underWay.length === 0 ? null : (
        <ul className="upload-list">
          {underWay.map((entry) => (
            <UploadRow key={entry.key} entry={entry} />
          ))}
        </ul>
      )}
      <Loaded from={versions}>
        {(items) => (
          <ul className="version-list">
            {items.map((version, at) => (
              <Version key={version.film?.id ?? version.revision ?? at} film={film} version={version} />
            ))}
          </ul>
        )}
      </Loaded>
      <ReplaceFile film={film} open={isReplacing} onClose={() => setReplacing(false)} />
    </Card>
  );
}

/** A film that nobody had passed has the new file the moment it is here. */
function useRefreshWhenSent(filmId: string, sent: number): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (sent === 0) return;
    void queries.invalidateQueries({ queryKey: ['film', filmId] });
    void queries.invalidateQueries({ queryKey: ['versions', filmId] });
  }, [queries, filmId, sent]);
}

function Version({ film, version }: { readonly film: Film; readonly version: FilmVersion }) {
  const words = useWords().filmLife.versions;
  const { role, revision, isOnChannels } = version;
  const short = revision === undefined ? null : <code className="muted">{revision.slice(0, 8)}</code>;
  if (role === 'waiting') return <WaitingVersion film={film} version={version} />;
  const isReady = film.state === 'ready';
  return (
    <li data-role={role}>
      <div>
        <Tag color={role === 'current' && isReady ? 'success' : 'default'}>
          {role === 'current' ? words.current : words.earlier}
        </Tag>
        {role === 'current' ? <span className="file-name">{film.filename}</span> : null} {short}
      </div>
      <span className="muted">
        {role === 'current'
          ? isReady
            ? words.onAir
            : words.notPassed
          : isOnChannels === false
            ? words.notOn
            : words.stillOn}
      </span>
    </li>
  );
}

function WaitingVersion({ film, version }: { readonly film: Film; readonly version: FilmVersion }) {
  const words = useWords().filmLife.versions;
  const { person } = useSession();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const { film: waiting, change = 'file' } = version;
  if (waiting === undefined) return null;
  const takeBack = async () => {
    await act(() => call('deleteFilm', { params: { id: waiting.id } }), words.takenBack);
    await queries.invalidateQueries({ queryKey: ['versions', film.id] });
  };
  const ask = () =>
    modal.confirm({
      title: words.takeBackTitle,
      content: words.takeBackExplain,
      okText: words.takeBack,
      okButtonProps: { danger: true },
      onOk: takeBack,
    });
  return (
    <li data-role="waiting">
      <div>
        <Tag color="processing">{words.waiting}</Tag>
        {words.changes[change]}
        {change === 'file' ? <span className="file-name"> {waiting.filename}</span> : null}
      </div>
      <FilmStatusLine film={waiting} withCure />
      <span className="muted">{words.untilPassed}</span>
      <Space wrap size="small">
        <a href={linkTo('films', waiting.id)}>{words.open}</a>
        {change !== 'tracks' && mayDo(person, 'delete-film', waiting.owner.id) ? (
          <Button size="small" danger loading={busy} onClick={() => void ask()}>
            {words.takeBack}
          </Button>
        ) : null}
      </Space>
    </li>
  );
}
