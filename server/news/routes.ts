import { newsIdSchema } from '../../media/contract/news.ts';
import type { Routes } from '../http/serve.ts';
import type { NewsParts } from './news-parts.ts';

export const newsRoutes = ({ news }: Pick<NewsParts, 'news'>): Routes<'readNews'> => ({
  readNews: ({ caller, query, header, openStream }) => {
    news.requireRoom(caller);
    // A browser that comes back by itself knows more than the address that it was opened with.
    const after = newsIdSchema.safeParse(header('last-event-id')).data ?? query.after;
    let leave = (): void => undefined;
    const listener = openStream(() => leave());
    leave = news.join(caller, after, listener);
    return Promise.resolve(undefined);
  },
});
