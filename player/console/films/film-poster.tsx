import { PlaySquareOutlined } from '@ant-design/icons';
import { useState } from 'react';
import type { Film } from '../../../media/contract/library.ts';

/** The film's still picture, or a plain sign while there is none. */
export function FilmPoster({ film }: { readonly film: Pick<Film, 'posterPath'> }) {
  const [failedPath, setFailedPath] = useState<string>();
  const path = film.posterPath === failedPath ? undefined : film.posterPath;
  return (
    <span className="film-poster">
      {path === undefined ? (
        <PlaySquareOutlined aria-hidden />
      ) : (
        <img src={path} alt="" loading="lazy" onError={() => setFailedPath(path)} />
      )}
    </span>
  );
}
