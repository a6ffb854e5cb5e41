import { fastRedis, patientRedis } from '../queue/redis-connection.ts';
import type { NewsNoun } from '../../media/contract/news.ts';
import type { AccountParts } from '../accounts/account-parts.ts';
import type { Write } from '../database/watch-writes.ts';
import { watchWrites } from '../database/watch-writes.ts';
import type { LibraryParts } from '../library/library-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { newsDesk, type NewsDesk } from './news-desk.ts';
import { newsLog } from './news-log.ts';
import { type HearingParts, whoHears } from './who-hears.ts';

export interface NewsParts {
  readonly news: NewsDesk;
  /** Shares news with the other replicas over Redis; resolves once it does, which takes as long as Redis is away. */
  readonly shareNews: () => Promise<void>;
}

/** What a write to a collection is called; others are nobody's news. */
const nounOf: Readonly<Record<string, NewsNoun>> = {
  films: 'film',
  plans: 'plan',
  heads: 'channel',
  channels: 'channel',
  alarms: 'alarm',
  queue_pauses: 'queue',
  places: 'place',
  categories: 'category',
  users: 'user',
  sessions: 'session',
  county_settings: 'settings',
  day_templates: 'day-template',
  seasons: 'season',
};
/** Ids that mean something to a reader of the API. */
const named: ReadonlySet<string> = new Set(['films', 'plans', 'heads', 'channels', 'places', 'categories', 'users']);

/** Every session that listens is looked at again after this time: one that ran out has told nobody. */
const lookAgainMs = 20_000;

/** The desk, fed by what is written to the database. */
export function newsParts(
  parts: Surroundings & HearingParts & Pick<AccountParts, 'stillSignedIn'> & Pick<LibraryParts, 'redisAddress'>,
): NewsParts {
  const { log, metrics, starters, closers, redisAddress, stillSignedIn } = parts;
  const news = newsDesk({ whoHears: (change) => whoHears(parts, change), stillSignedIn, log, metrics });
  watchWrites(parts.database, ({ collection, kind, id }: Write) => {
    const noun = nounOf[collection];
    // A session is seen every minute; only that one began or ended is news.
    if (noun === undefined || (noun === 'session' && kind === 'changed')) return;
    news.tell({ noun, ...(id === undefined || !named.has(collection) ? {} : { id }) });
  });
  const shareNews = (): Promise<void> => {
    const [fast, patient] = [fastRedis(redisAddress, log), patientRedis(redisAddress, log)];
    let isOver = false;
    let wasReady = false;
    // What others changed while it was away was told by nobody.
    fast.on('ready', () => {
      if (wasReady) news.tellAll();
      wasReady = true;
    });
    const timer = setInterval(() => void news.lookAgain(), lookAgainMs).unref();
    closers.push(() => {
      isOver = true;
      clearInterval(timer);
      fast.disconnect();
      patient.disconnect();
      return Promise.resolve();
    });
    return new Promise((onBegun) => {
      void news.follow(newsLog(fast, patient), { onBegun, isOver: () => isOver });
    });
  };
  starters.push(() => void shareNews());
  closers.push(() => {
    news.close();
    return Promise.resolve();
  });
  return { news, shareNews };
}
