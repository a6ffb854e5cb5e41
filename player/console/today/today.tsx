import { useQuery } from '@tanstack/react-query';
import { Card, Progress, Select, Tag } from 'antd';
import { useEffect, useState } from 'react';
import type { GuideItem } from '../../../media/contract/channels.ts';
import { Skipped } from '../office/skipped.tsx';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { useClock } from '../parts/use-clock.ts';
import { useChannels } from '../parts/use-names.ts';
import { useWords } from '../words/words.tsx';
import { DeskActions } from './desk-actions.tsx';
import { LateFilms } from './late-films.tsx';
import { type Desk, readDesk } from './read-desk.ts';
import { Standing } from './standing.tsx';
import { useDeskNews } from './use-desk-news.ts';

const lookAgainMs = 15_000;

/** The desk of the day: what is on air, what comes, what is late, and what a duty officer can do about it. */
export function Today() {
  const words = useWords();
  const said = words.today;
  const channels = useChannels();
  const [chosen, setChosen] = useState<string>();
  const items = channels.data?.items ?? [];
  const code = chosen ?? items[0]?.code;
  const isLive = useDeskNews(code);
  return (
    <Screen
      title={said.title}
      actions={
        <>
          <span className={isLive ? 'desk-live' : 'muted'}>{isLive ? said.live : said.waiting}</span>
          {items.length > 1 ? (
            <Select
              aria-label={said.channel}
              value={code ?? null}
              options={items.map(({ code: value, name }) => ({ value, label: name }))}
              onChange={setChosen}
            />
          ) : null}
        </>
      }
    >
      <Loaded from={channels}>
        {() => (code === undefined ? <Nothing text={words.planning.list.noChannel} /> : <ChannelDesk code={code} />)}
      </Loaded>
    </Screen>
  );
}

function ChannelDesk({ code }: { readonly code: string }) {
  const words = useWords();
  const said = words.today;
  const desk = useQuery({ queryKey: ['desk', code], queryFn: () => readDesk(code), refetchInterval: lookAgainMs });
  return (
    <div className="desk">
      <Loaded from={desk}>
        {(found) => (
          <>
            <Card title={said.onAir} size="small" className="desk-now">
              <Now desk={found} onEnd={() => void desk.refetch()} />
              <DeskActions desk={found} />
            </Card>
            <Card title={said.next} size="small">
              <Next desk={found} />
            </Card>
          </>
        )}
      </Loaded>
      <Card title={said.alarms.title} size="small">
        <LateFilms />
      </Card>
      <Card title={words.keeping.status.stations} size="small">
        <Skipped />
      </Card>
    </div>
  );
}

/** The item on air, with a countdown by the server's clock. */
function Now({ desk, onEnd }: { readonly desk: Desk; readonly onEnd: () => void }) {
  const said = useWords().today;
  const clock = useClock();
  const nowMs = useServerNow(desk.aheadMs);
  const { now } = desk;
  const isOver = now !== undefined && nowMs >= now.endAtMs;
  useEffect(() => {
    if (isOver) onEnd();
  }, [isOver, onEnd]);
  const length = now === undefined ? 1 : now.endAtMs - now.startAtMs;
  return (
    <div className="desk-on-air">
      <Standing desk={desk} />
      {now === undefined ? (
        <p>{said.nothing}</p>
      ) : (
        <>
          <ItemTitle item={now} />
          <div className="desk-countdown" role="timer" aria-live="off">
            <strong>{leftText(now.endAtMs - nowMs)}</strong> <span className="muted">{said.left}</span>
          </div>
          <Progress
            percent={Math.min(100, Math.max(0, ((nowMs - now.startAtMs) / length) * 100))}
            showInfo={false}
            aria-label={now.title}
          />
          <span className="muted">{clock.range(now)}</span>
        </>
      )}
    </div>
  );
}

function Next({ desk }: { readonly desk: Desk }) {
  const said = useWords().today;
  const clock = useClock();
  if (desk.next.length === 0) return <p className="muted">{said.noNext}</p>;
  return (
    <ol className="desk-next">
      {desk.next.map((item) => (
        <li key={item.id}>
          <span className="desk-time">{clock.time(item.startAtMs)}</span>
          <ItemTitle item={item} />
        </li>
      ))}
    </ol>
  );
}

function ItemTitle({ item }: { readonly item: GuideItem }) {
  const said = useWords().today;
  return (
    <span className="desk-item">
      <strong className="film-title">{item.title}</strong>
      {item.kind === 'item' ? null : <Tag>{said.kinds[item.kind]}</Tag>}
      {item.mustWatch ? <Tag color="red">{said.mustWatch}</Tag> : null}
      {item.insteadOf === undefined ? null : <Tag color="gold">{said.insteadOf(item.insteadOf)}</Tag>}
    </span>
  );
}

/** Now by the server's clock, twice a second. */
function useServerNow(aheadMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now() + aheadMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now() + aheadMs), 500);
    return () => clearInterval(timer);
  }, [aheadMs]);
  return nowMs;
}

/** `4:07`, or `1:04:07` from an hour on. */
function leftText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
