import { Card, Progress } from 'antd';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { sizeText } from '../../parts/sizes.ts';
import { linkTo } from '../../parts/route.ts';
import { useSession } from '../../session/session.ts';
import { useWords } from '../../words/words.tsx';
import { useFilms } from '../film-queries.ts';
import type { UploadEntry } from './upload-entry.ts';

/** Films whose upload stopped, perhaps with the computer: choosing the same file again goes on with them. */
export function UnfinishedUploads({ underWay }: { readonly underWay: readonly UploadEntry[] }) {
  const words = useWords().films.upload;
  const { person } = useSession();
  const found = useFilms({ state: 'uploading' });
  const films = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const known = new Set(underWay.map(({ filmId }) => filmId));
  const stopped = films.filter(({ id, owner }) => owner.id === person.id && !known.has(id));
  if (found.error !== null) return <ErrorNotice error={found.error} onAgain={() => void found.refetch()} />;
  if (stopped.length === 0) return null;
  return (
    <Card size="small" title={words.unfinished} className="unfinished">
      <p className="muted">{words.unfinishedExplain}</p>
      <ul className="upload-list">
        {stopped.map(({ id, title, filename, receivedBytes = 0, sourceBytes = 0 }) => {
          const percent = sourceBytes === 0 ? 0 : Math.floor((receivedBytes / sourceBytes) * 100);
          return (
            <li key={id} className="upload-row">
              <div className="upload-main">
                <a className="film-title" href={linkTo('films', id)}>
                  {title}
                </a>
                <Progress percent={percent} size="small" aria-label={title} />
                <div className="muted upload-facts">
                  {[filename, sizeText(sourceBytes), words.received(percent)].join(' · ')}
                </div>
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
