import { describe, expect, it } from 'vitest';
import { learnedActions, withLearnedKey } from '../../../../player/station/key-profile.ts';
import { actionOf, type KeyProfile } from '../../../../player/station/remote-keys.ts';

describe('keys of remote controls', () => {
  it.each([
    [{ key: 'ArrowLeft', keyCode: 37 }, 'left'],
    [{ key: 'Enter', keyCode: 13 }, 'ok'],
    [{ key: 'GoBack', keyCode: 0 }, 'back'],
    [{ key: '7', keyCode: 55 }, 'digit-7'],
    [{ key: 'PageDown', keyCode: 34 }, 'channel-down'],
    [{ keyCode: 8 }, 'back'],
    [{ keyCode: 24 }, 'back'],
    [{ key: 'Unidentified', keyCode: 27 }, 'back'],
    [{ keyCode: 257 }, 'channel-up'],
    [{ keyCode: 262 }, 'sound'],
    [{ keyCode: 278 }, 'blue'],
    [{ keyCode: 48 }, 'digit-0'],
  ] as const)('reads %o as %s', (pressed, action) => {
    expect(actionOf(pressed)).toBe(action);
  });

  it('takes code 4 for nothing, and for BACK once that was learned; never for LEFT', () => {
    expect(actionOf({ keyCode: 4 })).toBeUndefined();
    const profile = withLearnedKey({}, 'back', { keyCode: 4 }) ?? {};
    expect(actionOf({ keyCode: 4 }, profile)).toBe('back');
  });

  it('reads the arrows of a box that hands over the codes of Android, and of no other', () => {
    const profile = withLearnedKey({}, 'back', { keyCode: 4 }) ?? {};
    const codes = [19, 20, 21, 22, 23];
    expect(codes.map((keyCode) => actionOf({ keyCode }, profile))).toEqual(['up', 'down', 'left', 'right', 'ok']);
    expect(codes.map((keyCode) => actionOf({ keyCode }))).toEqual(codes.map(() => undefined));
  });

  it('leaves the volume to the system', () => {
    expect(actionOf({ key: 'AudioVolumeUp', keyCode: 175 })).toBeUndefined();
  });
});

describe('learning the keys of a remote', () => {
  it('keeps what differs, and lets it go before everything that is known', () => {
    const profile = withLearnedKey({}, 'red', { key: 'F1', keyCode: 112 });
    expect(profile).toEqual({ 'F1#112': 'red' });
    expect(actionOf({ key: 'F1', keyCode: 112 }, profile)).toBe('red');
  });

  it('keeps nothing of a key that means the same anyway', () => {
    expect(withLearnedKey({}, 'ok', { key: 'Enter', keyCode: 13 })).toEqual({});
  });

  it('refuses a key that was learned for something else', () => {
    const profile = withLearnedKey({}, 'back', { keyCode: 99 }) ?? {};
    expect(withLearnedKey(profile, 'ok', { keyCode: 99 })).toBeUndefined();
  });

  it('leads a remote with codes of its own to every action', () => {
    const profile = learnedActions.reduce<KeyProfile>(
      (known, action, at) => withLearnedKey(known, action, { keyCode: 1000 + at }) ?? known,
      {},
    );
    expect(learnedActions.map((_, at) => actionOf({ keyCode: 1000 + at }, profile))).toEqual(learnedActions);
  });
});
