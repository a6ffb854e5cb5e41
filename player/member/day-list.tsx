/** @jsxImportSource preact */
import type { GuideItem } from '../../media/contract/channels.ts';
import type { ItemLink } from '../shared/aired-item.ts';
import { Absent } from './absent.tsx';
import { county } from './member.ts';
import { Link } from './navigate.tsx';
import { linkOf } from './programme.ts';
import type { MemberWords } from './words.ts';

interface DayListProps {
  readonly items: readonly GuideItem[];
  readonly loaded: boolean;
  readonly error: unknown;
  readonly now: number;
  readonly words: MemberWords;
  readonly onWatch: (item: GuideItem, link: ItemLink) => void;
  readonly onLive: () => void;
}

/** The items of one day, each with what can be seen of it now. */
export function DayList({ items, loaded, error, now, words, onWatch, onLive }: DayListProps) {
  if (!loaded) return <Absent error={error} words={words} gone={words.noChannel} />;
  if (items.length === 0) {
    return (
      <div class="empty">
        <p>{words.nothingPlanned}</p>
        <Link to={{ page: 'library' }} class="button">
          {words.allFilmsOf}
        </Link>
      </div>
    );
  }
  return (
    <ol class="guide">
      {items.map((item) => {
        const isPast = item.endAtMs <= now;
        const isOn = !isPast && item.startAtMs <= now;
        const link = linkOf(item, isPast);
        return (
          <li
            key={`${item.id}-${item.startAtMs}`}
            class={isOn ? 'on' : isPast ? 'past' : ''}
            aria-current={isOn ? 'true' : undefined}
          >
            <time>{county.time(item.startAtMs)}</time>
            <Link to={{ page: 'programme', startAtMs: item.startAtMs }} class="guide-title">
              {item.title}
              {item.mustWatch ? <span class="must">{words.mustWatch}</span> : null}
            </Link>
            {isOn ? (
              <button class="small" onClick={onLive} aria-label={`${words.play} ${item.title}`}>
                {words.onAir}
              </button>
            ) : null}
            {link === undefined ? (
              isPast || isOn ? null : (
                <span class="later">{words.later}</span>
              )
            ) : (
              <button
                class="small"
                onClick={() => onWatch(item, link)}
                aria-label={`${isPast ? words.catchUp : words.startOver} ${item.title}`}
              >
                {isPast ? words.catchUp : words.startOver}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
