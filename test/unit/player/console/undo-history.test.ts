import { describe, expect, it } from 'vitest';
import { changed, historyOf, redone, undone } from '../../../../player/console/planning/undo-history.ts';

describe('undo and redo', () => {
  const edited = changed(changed(historyOf('a'), 'b'), 'c');

  it('go back and forth step by step', () => {
    expect(undone(edited).present).toBe('b');
    expect(undone(undone(undone(edited))).present).toBe('a');
    expect(redone(undone(edited)).present).toBe('c');
    expect(redone(edited)).toBe(edited);
  });

  it('forget what was undone when something new is done', () => {
    expect(changed(undone(edited), 'd').future).toEqual([]);
  });

  it('take no step for no change', () => {
    expect(changed(edited, 'c').past).toEqual(edited.past);
  });
});
