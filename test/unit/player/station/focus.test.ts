import { describe, expect, it } from 'vitest';
import { columnOf, firstFocus, moveFocus, windowStart } from '../../../../player/station/focus.ts';
import type { RemoteAction } from '../../../../player/station/remote-keys.ts';

const through = (actions: readonly RemoteAction[], lengths: readonly number[]) =>
  actions.reduce((focus, action) => moveFocus(focus, action, lengths) ?? focus, firstFocus);

describe('the focus', () => {
  it('remembers its place in every row', () => {
    const focus = through(['right', 'right', 'down', 'right', 'up'], [4, 4]);
    expect([focus.row, columnOf(focus, 0, 4), columnOf(focus, 1, 4)]).toEqual([0, 2, 1]);
  });

  it('steps over empty rows and stays inside', () => {
    expect(through(['down'], [2, 0, 3]).row).toBe(2);
    expect(moveFocus(firstFocus, 'left', [2])).toBeUndefined();
    expect(moveFocus(firstFocus, 'up', [2])).toBeUndefined();
  });

  it('is on the last of a row that became shorter', () => {
    expect(columnOf(through(['right', 'right', 'right'], [4]), 0, 2)).toBe(1);
  });

  it('keeps a window of a long list around itself', () => {
    expect([windowStart(0, 20, 8), windowStart(10, 20, 8), windowStart(19, 20, 8), windowStart(1, 3, 8)]).toEqual([
      0, 6, 12, 0,
    ]);
  });
});
