import { Grid } from 'antd';
import type { ScreenInput } from '../parts/screen-input.ts';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { Screen } from '../parts/screen.tsx';
import { useWords } from '../words/words.tsx';
import { FilmCard } from './film-card.tsx';
import { categoryName, useCategories, useFilms } from './film-queries.ts';
import { ReviewDesk } from './review-desk.tsx';

/** Films that wait for a reviewer, and the desk on which one is judged. */
export function ReviewQueue({ rest }: ScreenInput) {
  const words = useWords().films;
  const films = useFilms({ state: 'review' });
  const categories = useCategories().data?.items;
  const wide = Grid.useBreakpoint().lg ?? true;
  const [chosen] = rest;
  if (chosen !== undefined && !wide) {
    return (
      <Screen title={words.review.title} back={<a href={linkTo('review')}>← {words.review.title}</a>}>
        <ReviewDesk key={chosen} id={chosen} />
      </Screen>
    );
  }
  return (
    <Screen title={words.review.title}>
      <Loaded from={films}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0 && chosen === undefined) return <Nothing text={words.review.empty} />;
          return (
            <div className="review">
              <ul className="film-list film-list-narrow">
                {items.map((film) => (
                  <FilmCard
                    key={film.id}
                    film={film}
                    category={categoryName(categories, film.category)}
                    href={linkTo('review', film.id)}
                    isChosen={film.id === chosen}
                  />
                ))}
              </ul>
              {wide ? (
                <div className="review-desk">
                  {chosen === undefined ? (
                    <Nothing text={words.review.choose} />
                  ) : (
                    <ReviewDesk key={chosen} id={chosen} />
                  )}
                </div>
              ) : null}
            </div>
          );
        }}
      </Loaded>
    </Screen>
  );
}
