import { describe, expect, it } from 'vitest';
import { boardChanges } from '../../../../server/notices/board-changes.ts';
import { posterArguments } from '../../../../server/notices/poster.ts';

const midnight = Date.UTC(2026, 11, 4, 16);
const hourMs = 3_600_000;
const range = { fromMs: midnight, toMs: midnight + 31 * 24 * hourMs, timeZone: 'Asia/Shanghai' };
const told = (hour: number, more: object = {}) => ({
  ...{ firstPublishedAtMs: midnight - 48 * hourMs, changes: 0, planId: 'p', title: `节目${hour}` },
  ...{ startAtMs: midnight + hour * hourMs, endAtMs: midnight + (hour + 1) * hourMs, cancelled: false, ...more },
});

describe('what changed on a board', () => {
  it('is what was moved, renamed, cancelled or added later, in the order of the changes', () => {
    const was = { title: '节目9', startAtMs: midnight + 9 * hourMs };
    const changes = boardChanges(
      {
        same: told(8),
        moved: told(10, { was, changedAtMs: midnight - hourMs }),
        back: told(9, { was, changedAtMs: midnight - hourMs }),
        gone: told(11, { cancelled: true, changedAtMs: midnight - 2 * hourMs }),
        added: told(12, { firstPublishedAtMs: midnight - 3 * hourMs }),
        alone: told(30, { firstPublishedAtMs: midnight - 3 * hourMs }),
        over: told(-5, { cancelled: true, changedAtMs: midnight - hourMs }),
      },
      range,
    );
    expect(changes).toEqual([
      { id: 'added', after: { title: '节目12', startAtMs: midnight + 12 * hourMs }, atMs: midnight - 3 * hourMs },
      { id: 'gone', before: { title: '节目11', startAtMs: midnight + 11 * hourMs }, atMs: midnight - 2 * hourMs },
      {
        id: 'moved',
        before: was,
        after: { title: '节目10', startAtMs: midnight + 10 * hourMs },
        atMs: midnight - hourMs,
      },
    ]);
  });
});

describe('the browser that draws a poster', () => {
  it('can reach nothing but this server', () => {
    const order = {
      place: 't1',
      paper: 'a3',
      revision: 'r',
      host: 'county.example',
      listensAt: '127.0.0.1:8080',
    } as const;
    const words = posterArguments(order, '/tmp/x', '/tmp/x/p.pdf');
    expect(words).toContain('--host-resolver-rules=MAP * 127.0.0.1:8080');
    expect(words.at(-1)).toBe('http://county.example/board/t1?print=a3');
  });
});
