import { App, Button, Card, Progress, Space, Tag } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Film } from '../../../../media/contract/library.ts';
import type { Track } from '../../../../media/contract/tracks.ts';
import { translateProblem } from '../../../../media/film/film-problem-text.ts';
import { languageName } from '../../../shared/language-name.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { linkTo } from '../../parts/route.ts';
import { useAct } from '../../parts/use-act.ts';
import { call } from '../../session/api.ts';
import { mayDo, useSession } from '../../session/session.ts';
import { useSpeech, type Words } from '../../words/words.tsx';
import { languageName as soundName } from '../film-facts.tsx';
import { AddTrack } from './add-track.tsx';
import { CueEditor, type EditedTrack } from './cue-editor.tsx';
import { useTracks } from './track-queries.ts';

/** The languages and subtitles of a film: what it has, what is on its way, and what its producer may do about them. */
export function FilmTracks({ film }: { readonly film: Film }) {
  const { words } = useSpeech();
  const said = words.tracks;
  const { person } = useSession();
  const tracks = useTracks(film.id);
  const [isAdding, setAdding] = useState(false);
  const [edited, setEdited] = useState<EditedTrack>();
  const mayChange = mayDo(person, 'upload-film', film.owner.id) && (film.state === 'ready' || film.state === 'review');
  return (
    <Card
      size="small"
      title={said.title}
      extra={
        mayChange ? (
          <Space wrap>
            <Button size="small" onClick={() => setEdited({ language: 'zh-CN' })}>
              {said.newLanguage}
            </Button>
            <Button size="small" type="primary" onClick={() => setAdding(true)}>
              {said.add}
            </Button>
          </Space>
        ) : null
      }
    >
      <Loaded from={tracks}>
        {(found) => (
          <ul className="track-list">
            {found.map((track, at) => (
              <TrackRow
                key={`${track.id}-${track.change ?? ''}`}
                {...{ film, track, mayChange }}
                isMain={track.kind === 'audio' && at === 0}
                onEdit={() => setEdited({ id: track.id, language: track.language, name: track.name })}
              />
            ))}
          </ul>
        )}
      </Loaded>
      <AddTrack film={film} open={isAdding} onClose={() => setAdding(false)} />
      {edited === undefined ? null : (
        <CueEditor film={film} track={edited} mayChange={mayChange} onClose={() => setEdited(undefined)} />
      )}
    </Card>
  );
}

interface RowInput {
  readonly film: Film;
  readonly track: Track;
  readonly mayChange: boolean;
  readonly isMain: boolean;
  readonly onEdit: () => void;
}

function TrackRow({ film, track, mayChange, isMain, onEdit }: RowInput) {
  const { words, language: speech } = useSpeech();
  const said = words.tracks;
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const isWaiting = track.change !== undefined;
  const remove = async () => {
    await act(() => call('removeTrack', { params: { id: film.id, trackId: track.id } }), said.removed);
    await queries.invalidateQueries({ queryKey: ['tracks', film.id] });
    await queries.invalidateQueries({ queryKey: ['film', film.id] });
  };
  const ask = () =>
    modal.confirm({
      title: isWaiting ? said.takeBackTitle : said.removeTitle,
      content: isWaiting ? said.takeBackExplain : said.removeExplain,
      okText: isWaiting ? said.takeBack : said.remove,
      okButtonProps: { danger: true },
      onOk: remove,
    });
  const label = track.kind === 'audio' ? soundName(track.language, words.films) : languageName(track.language, speech);
  return (
    <li className="track-row" data-track={track.id} data-state={track.state}>
      <div>
        <Tag>{said.kinds[track.kind]}</Tag>
        <strong>{label}</strong>
        {track.name === label || track.name === track.language ? null : ` ${track.name}`}{' '}
        <span className="muted">
          {isMain ? said.ownSound : track.isOwn ? said.own : (track.filename ?? track.addedBy ?? '')}
        </span>
      </div>
      <div role="status">{stateText(track, said)}</div>
      {track.ratio === undefined || track.ratio >= 1 ? null : (
        <Progress percent={Math.floor(track.ratio * 100)} size="small" showInfo={false} aria-label={label} />
      )}
      <Troubles track={track} />
      <Space wrap size="small">
        {track.filmId !== undefined && track.state === 'review' ? (
          <a href={linkTo('films', track.filmId)}>{said.watch}</a>
        ) : null}
        {track.kind === 'subtitles' ? (
          <>
            <Button size="small" onClick={onEdit}>
              {said.edit}
            </Button>
            <a href={`/api/films/${film.id}/tracks/${track.id}/text`} download={`${film.title}.${track.language}.vtt`}>
              {said.download}
            </a>
          </>
        ) : null}
        {mayChange && (!track.isOwn || isWaiting) ? (
          <Button size="small" danger loading={busy} onClick={() => void ask()}>
            {isWaiting ? said.takeBack : said.remove}
          </Button>
        ) : null}
      </Space>
    </li>
  );
}

/** What is wrong with a track, and what to look at. */
function Troubles({ track }: { readonly track: Track }) {
  const { words, language } = useSpeech();
  const told = [...(track.problem === undefined ? [] : [track.problem]), ...(track.warnings ?? [])];
  return told.map((problem) => {
    const { message, cure } = translateProblem(problem, language);
    return (
      <p key={problem.code + problem.message} className={problem === track.problem ? 'track-problem' : 'muted'}>
        {message} {words.films.cure}
        {cure}
      </p>
    );
  });
}

function stateText({ state, change, ratio }: Track, said: Words['tracks']): string {
  const percent = ratio === undefined ? undefined : Math.floor(ratio * 100);
  if (change === 'remove' && state === 'making') return said.states.removingNow;
  if (change === 'remove' && state === 'review') return said.states.removing;
  if (state === 'uploading') return said.states.uploading(percent ?? 0);
  return state === 'making' ? said.states.making(percent) : said.states[state];
}
