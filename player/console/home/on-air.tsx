import { useQuery } from '@tanstack/react-query';
import { Progress, Tag } from 'antd';
import type { GuideItem } from '../../../media/contract/channels.ts';
import { ApiError } from '../../shared/api-error.ts';
import { Loaded } from '../parts/loaded.tsx';
import { useClock } from '../parts/use-clock.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';

const lookAgainMs = 10_000;
const aheadMs = 24 * 3_600_000;

/** What the first channel airs now and next. */
export function OnAir() {
  const words = useWords().frame.home;
  const clock = useClock();
  const onAir = useQuery({ queryKey: ['on-air'], queryFn: readOnAir, refetchInterval: lookAgainMs, retry: false });
  if (onAir.error instanceof ApiError && onAir.error.code === 'starting') {
    return <p className="muted">{words.preparing}</p>;
  }
  return (
    <Loaded from={onAir}>
      {(channel) => {
        if (channel === null) return <p className="muted">{words.noChannel}</p>;
        const { now, next, serverAtMs } = channel;
        return (
          <div className="on-air">
            <Tag color="red">{channel.name}</Tag>
            {now === undefined ? (
              <p>{words.nothingOnAir}</p>
            ) : (
              <>
                <strong className="film-title">{now.title}</strong>
                <span className="muted">{clock.range(now)}</span>
                <Progress
                  percent={Math.round(((serverAtMs - now.startAtMs) / (now.endAtMs - now.startAtMs)) * 100)}
                  showInfo={false}
                  size="small"
                  aria-label={now.title}
                />
              </>
            )}
            {next.length === 0 ? null : (
              <ul className="next">
                {next.map((item) => (
                  <li key={item.id}>
                    <span className="muted">{clock.time(item.startAtMs)}</span> {item.title}
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      }}
    </Loaded>
  );
}

interface ChannelNow {
  readonly name: string;
  readonly now: GuideItem | undefined;
  readonly next: readonly GuideItem[];
  readonly serverAtMs: number;
}

async function readOnAir(): Promise<ChannelNow | null> {
  const [channel] = (await call('listChannels')).items;
  if (channel === undefined) return null;
  const params = { code: channel.code };
  const from = Date.now() - 60_000;
  const query = { from: String(from), to: String(from + aheadMs) };
  const { items, serverAtMs } = await call('channelGuide', { params, query });
  const second = { from: String(serverAtMs), to: String(serverAtMs + 1), fillers: 'each' } as const;
  const [now] = (await call('channelGuide', { params, query: second })).items;
  const planned = items.filter(({ kind }) => kind === 'item');
  return {
    name: channel.name,
    now: now?.kind === 'slate' ? undefined : now,
    next: planned.filter(({ startAtMs }) => startAtMs > serverAtMs).slice(0, 4),
    serverAtMs,
  };
}
