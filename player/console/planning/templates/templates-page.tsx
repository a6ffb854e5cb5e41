import { linkTo } from '../../parts/route.ts';
import { Screen } from '../../parts/screen.tsx';
import { useWords } from '../../words/words.tsx';
import { SeasonList } from './season-list.tsx';
import { TemplateList } from './template-list.tsx';

/** Day templates of the county, and the seasons that say when they apply. */
export function TemplatesPage() {
  const words = useWords();
  return (
    <Screen title={words.arrange.templates.title} back={<a href={linkTo('plans')}>← {words.planning.page.back}</a>}>
      <TemplateList />
      <SeasonList />
    </Screen>
  );
}
