/** @jsxImportSource preact */
import { useEffect } from 'preact/hooks';
import { coverOf, urgentTitle } from '../shared/channel-news.ts';
import { useChannelNews } from '../shared/use-channel-news.ts';
import { useNow } from '../shared/use-loaded.ts';
import { call, seenChannel, serverClock } from './member.ts';
import type { MemberWords } from './words.ts';

interface CoverProps {
  readonly video: { readonly current: HTMLVideoElement | null };
  readonly words: MemberWords;
}

/** Covers the live picture, and its sound, from the moment that it may not be seen; names an urgent film. */
export function NewsCover({ video, words }: CoverProps) {
  const news = useChannelNews(seenChannel, call);
  const now = useNow(serverClock.nowMs, 1000);
  const cover = coverOf(news, now);
  const isCovered = cover !== undefined;
  useEffect(() => {
    const element = video.current;
    if (!isCovered || element === null || element.muted) return;
    element.muted = true;
    return () => {
      element.muted = false;
    };
  }, [isCovered, video]);
  const urgent = urgentTitle(news, now);
  if (isCovered) {
    return (
      <div class="cover" role="status" data-cover={cover}>
        <strong>{cover === 'drill' ? words.drill : words.adjusted}</strong>
        <span>{words.adjustedCure}</span>
      </div>
    );
  }
  return urgent === undefined ? null : (
    <p class="urgent" role="status">
      {words.urgent(urgent)}
    </p>
  );
}
