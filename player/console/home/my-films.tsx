import { CloudUploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { FilmCard } from '../films/film-card.tsx';
import { categoryName, useCategories, useFilms } from '../films/film-queries.ts';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

const shown = 6;

/** The newest films of this person, and where they stand. */
export function MyFilms() {
  const words = useWords().films.list;
  const { person } = useSession();
  const films = useFilms({});
  const categories = useCategories().data?.items;
  const upload = (
    <Button type="primary" icon={<CloudUploadOutlined />} href={linkTo('upload')}>
      {words.uploadFirst}
    </Button>
  );
  return (
    <Loaded from={films}>
      {({ pages }) => {
        const mine = pages.flatMap(({ items }) => items).filter(({ owner }) => owner.id === person.id);
        if (mine.length === 0) return <Nothing text={words.empty}>{upload}</Nothing>;
        return (
          <>
            <ul className="film-list film-list-narrow">
              {mine.slice(0, shown).map((film) => (
                <FilmCard key={film.id} film={film} category={categoryName(categories, film.category)} />
              ))}
            </ul>
            {upload}
          </>
        );
      }}
    </Loaded>
  );
}
