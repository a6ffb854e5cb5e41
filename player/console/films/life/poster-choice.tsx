import { Alert, Button, Card, Space } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Film } from '../../../../media/contract/library.ts';
import type { PosterChoice as Choice } from '../../../../media/contract/posters.ts';
import { pictureBounds, pictureKindOf } from '../../../../media/film/picture-kind.ts';
import { ApiError } from '../../../shared/api-error.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { useAct } from '../../parts/use-act.ts';
import { call } from '../../session/api.ts';
import { mayDo, useSession } from '../../session/session.ts';
import { useWords } from '../../words/words.tsx';
import { FilmPoster } from '../film-poster.tsx';
import { usePosters } from './life-queries.ts';

type Refusal = 'kind' | 'large' | 'small' | 'damaged';

/** What the server says of a picture, in one of the words that this page has for it. */
const refusalOf = (error: unknown): Refusal | undefined => {
  if (!(error instanceof ApiError)) return undefined;
  const known: Readonly<Record<string, Refusal>> = {
    too_large: 'large',
    invalid: 'small',
    unsupported_type: 'damaged',
  };
  return known[error.code];
};

/** The picture that stands for a film: one of its candidates, or one that somebody sends. */
export function PosterChoice({ film }: { readonly film: Film }) {
  const words = useWords().filmLife.posters;
  const { person } = useSession();
  const queries = useQueryClient();
  // On a thin line eight pictures would come before the film.
  const [isChoosing, setChoosing] = useState(false);
  const posters = usePosters(film, isChoosing);
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<Refusal>();
  const [isOver, setIsOver] = useState(false);
  const { busy, act } = useAct();
  const mayEdit = mayDo(person, 'edit-film', film.owner.id);
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: ['posters', film.id] });
    await queries.invalidateQueries({ queryKey: ['film', film.id] });
  };
  const choose = async (poster: Choice) => {
    await act(() => call('choosePoster', { params: { id: film.id }, body: { poster } }), words.chosen);
    await refresh();
  };
  const send = async (file: File) => {
    setRefused(undefined);
    if (file.size > pictureBounds.mostBytes) {
      setRefused('large');
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (pictureKindOf(bytes) === undefined) {
      setRefused('kind');
      return;
    }
    const sending = async () => {
      try {
        await call('sendPoster', { params: { id: film.id }, body: bytes });
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal === undefined) throw error;
        setRefused(refusal);
      }
    };
    await act(sending);
    await refresh();
  };
  const onDrop = (event: React.DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined && mayEdit) void send(file);
  };
  return (
    <Card
      size="small"
      title={words.title}
      className={isOver ? 'posters posters-over' : 'posters'}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(mayEdit);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
      extra={
        mayEdit ? (
          <Space wrap>
            <Button size="small" aria-expanded={isChoosing} onClick={() => setChoosing(!isChoosing)}>
              {isChoosing ? words.close : words.choose}
            </Button>
            <Button size="small" loading={busy} onClick={() => input.current?.click()}>
              {words.send}
            </Button>
          </Space>
        ) : null
      }
    >
      {isChoosing ? null : <FilmPoster film={film} />}
      {isChoosing ? <p className="muted">{words.explain}</p> : null}
      {isChoosing ? (
        <Loaded from={posters}>
          {(items) =>
            items.length === 0 ? (
              <p className="muted">{words.none}</p>
            ) : (
              <div className="poster-grid" role="radiogroup" aria-label={words.title}>
                {items.map(({ poster, path, isChosen }) => (
                  <label key={poster} className={isChosen ? 'poster-pick poster-picked' : 'poster-pick'}>
                    <input
                      type="radio"
                      name={`poster-${film.id}`}
                      checked={isChosen}
                      disabled={!mayEdit || busy}
                      onChange={() => void choose(poster)}
                    />
                    <img src={path} alt={poster === 'own' ? words.own : words.candidate(poster + 1)} loading="lazy" />
                    {poster === 'own' ? <small>{words.own}</small> : null}
                  </label>
                ))}
              </div>
            )
          }
        </Loaded>
      ) : null}
      {mayEdit ? <p className="muted poster-hint">{words.drop}</p> : null}
      {refused === undefined ? null : <Alert type="error" showIcon role="alert" title={words.refused[refused]} />}
      <input
        ref={input}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/webp"
        aria-label={words.send}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file !== undefined) void send(file);
        }}
      />
    </Card>
  );
}
