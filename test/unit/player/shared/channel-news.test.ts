import { describe, expect, it, vi } from 'vitest';
import type { Call } from '../../../../player/shared/api-client.ts';
import { coverOf, listenToNews, urgentTitle } from '../../../../player/shared/channel-news.ts';

const nowMs = Date.UTC(2026, 11, 1);
const news = { seq: 7, serverAtMs: nowMs };
const cutAt = (sinceAtMs: number, drill = false) => ({ ...news, cut: { drill, sinceAtMs } });

describe('a live picture', () => {
  it('is covered from the push of a cut until its list shows the slate', () => {
    expect(coverOf(undefined, nowMs)).toBeUndefined();
    expect(coverOf(news, nowMs)).toBeUndefined();
    expect(coverOf(cutAt(nowMs + 16_000), nowMs)).toBe('cut');
    expect(coverOf(cutAt(nowMs + 16_000, true), nowMs)).toBe('drill');
    expect(coverOf(cutAt(nowMs - 27_999), nowMs)).toBe('cut');
    // A page that lost the push is not blind for ever: the list is right by then.
    expect(coverOf(cutAt(nowMs - 28_000), nowMs)).toBeUndefined();
  });

  it('is covered while a withdrawn film still stands in its list', () => {
    const gone = { ...news, hiddenUntilAtMs: nowMs + 8000 };
    expect(coverOf(gone, nowMs)).toBe('withdrawn');
    expect(coverOf(gone, nowMs + 20_000)).toBeUndefined();
  });

  it('names an urgent film until it is over', () => {
    const inserted = { ...news, insertion: { title: '汛情', startAtMs: nowMs + 16_000, endAtMs: nowMs + 60_000 } };
    expect(urgentTitle(inserted, nowMs)).toBe('汛情');
    expect(urgentTitle(inserted, nowMs + 60_000)).toBeUndefined();
  });
});

/** An event source that a test speaks through. */
function doubleOf() {
  const opened: {
    url: string;
    source: EventSource;
    tell: (data: object) => void;
    refuse: () => void;
    closed: boolean;
  }[] = [];
  const open = (url: string): EventSource => {
    const tells: ((event: MessageEvent<string>) => void)[] = [];
    const source = {
      readyState: 1,
      onerror: null as (() => void) | null,
      addEventListener: (_: string, tell: (event: MessageEvent<string>) => void) => tells.push(tell),
      close: () => (made.closed = true),
    };
    const made = {
      url,
      source: source as unknown as EventSource,
      closed: false,
      tell: (data: object) => tells.forEach((tell) => tell({ data: JSON.stringify(data) } as MessageEvent<string>)),
      refuse: () => {
        source.readyState = 2;
        source.onerror?.();
      },
    };
    opened.push(made);
    return made.source;
  };
  return { open, opened };
}

describe('listening to the news of a channel', () => {
  it('says what was shown, under one name of this browser', () => {
    const { open, opened } = doubleOf();
    const call = vi.fn(() => Promise.resolve(undefined));
    const heard: number[] = [];
    const stop = listenToNews({
      channel: 'county',
      call: call as unknown as Call,
      onNews: ({ seq }) => heard.push(seq),
      open,
    });
    expect(opened[0]?.url).toBe('/api/channels/county/events');
    opened[0]?.tell(news);
    opened[0]?.tell({ ...news, seq: 8 });
    expect(heard).toEqual([7, 8]);
    const input = {
      params: { code: 'county' },
      body: { seq: 8, player: expect.stringMatching(/^[0-9a-z]{16}$/) as string },
    };
    expect(call).toHaveBeenLastCalledWith('acknowledgeNews', input);
    stop();
    expect(opened[0]?.closed).toBe(true);
  });

  it('asks again when it was refused, until it is stopped', () => {
    vi.useFakeTimers();
    const { open, opened } = doubleOf();
    const call = (() => Promise.resolve(undefined)) as unknown as Call;
    const stop = listenToNews({ channel: 'county', call, onNews: () => undefined, open });
    opened[0]?.refuse();
    vi.advanceTimersByTime(60_000);
    expect(opened).toHaveLength(2);
    opened[1]?.refuse();
    stop();
    vi.advanceTimersByTime(600_000);
    expect(opened).toHaveLength(2);
    vi.useRealTimers();
  });
});
