import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPin, isPinUnset, setPin } from '../../../../player/station/pin.ts';

/** What a box keeps. */
let kept: Map<string, string>;
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('the PIN of a box', () => {
  it('is 0000 until another one is set', () => {
    expect([isPinUnset(), isPin('0000'), isPin('1234')]).toEqual([true, true, false]);
    expect(kept.size).toBe(0);
    setPin('1234');
    expect([isPinUnset(), isPin('0000'), isPin('1234')]).toEqual([false, false, true]);
  });

  it('is not read off what the box keeps, and looks different on each', () => {
    setPin('1234');
    const first = kept.get('yuanbo.pin') ?? '';
    setPin('1234');
    const second = kept.get('yuanbo.pin') ?? '';
    expect(first).toMatch(/^[0-9a-z]+[.][0-9a-z]+$/);
    expect(first.split('.')[1]).not.toBe(second.split('.')[1]);
  });

  it('is sealed where an earlier version kept it as it is', () => {
    kept.set('yuanbo.pin', '4711');
    expect([isPinUnset(), isPin('0000')]).toEqual([false, false]);
    expect(kept.get('yuanbo.pin')).toContain('.');
    expect([isPin('4711'), isPin('4712')]).toEqual([true, false]);
  });

  it('opens with the plain one of an earlier version where the box is full', () => {
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { getItem: () => '4711', setItem: full });
    expect([isPin('4711'), isPin('4712'), isPin('0000')]).toEqual([true, false, false]);
  });

  it('is told apart from every other one', () => {
    setPin('8063');
    const right = Array.from({ length: 400 }, (_, at) => String(7800 + at)).filter(isPin);
    expect(right).toEqual(['8063']);
  });
});
