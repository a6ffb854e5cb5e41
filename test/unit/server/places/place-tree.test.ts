import { describe, expect, it } from 'vitest';
import { may, mayTo, type Caller } from '../../../../server/http/caller.ts';
import { placeTree } from '../../../../server/places/place-tree.ts';
import type { RoleAtPlace } from '../../../../media/contract/accounts.ts';
import { idOfDigest } from '../../../../media/contract/ids.ts';

const tree = placeTree([
  { code: 'county' },
  { code: 't1', parent: 'county' },
  { code: 't2', parent: 'county' },
  { code: 'v1', parent: 't1' },
  { code: 's1', parent: 'v1' },
]);
const me = idOfDigest(new Uint8Array(20));
const other = idOfDigest(new Uint8Array(20).fill(7));
const as = (...roles: RoleAtPlace[]): Caller => ({
  kind: 'user',
  ip: '',
  id: me,
  username: 'zhang',
  name: 'Zhang',
  roles,
  sessionId: other,
  passwordAtMs: 0,
  expiresAtMs: 1,
});

describe('places within places', () => {
  it('reach downwards through every level and never up or sideways', () => {
    expect(tree.isWithin('s1', 'county')).toBe(true);
    expect(tree.isWithin('s1', 't1')).toBe(true);
    expect(tree.isWithin('t1', 't1')).toBe(true);
    expect(tree.isWithin('county', 't1')).toBe(false);
    expect(tree.isWithin('s1', 't2')).toBe(false);
    expect(tree.isWithin('nowhere', 'nowhere')).toBe(false);
  });

  it('end where somebody wrote a circle', () => {
    const circle = placeTree([
      { code: 'a', parent: 'b' },
      { code: 'b', parent: 'a' },
    ]);
    expect(circle.isWithin('a', 'c')).toBe(false);
  });
});

describe('a permission', () => {
  it('holds within the place of its role', () => {
    const township = as({ role: 'township', place: 't1' });
    expect(mayTo(tree, township, 'manage-places', { place: 'v1' })).toBe(true);
    expect(mayTo(tree, township, 'manage-places', { place: 't2' })).toBe(false);
    expect(mayTo(tree, township, 'manage-categories', { place: 't1' })).toBe(false);
  });

  it('to own things asks whose they are, wherever they lie', () => {
    const producer = as({ role: 'producer', place: 'county' });
    expect(mayTo(tree, producer, 'edit-film', { place: 't2', ownerId: me })).toBe(true);
    expect(mayTo(tree, producer, 'edit-film', { place: 'county', ownerId: other })).toBe(false);
  });

  it('comes from any of several roles', () => {
    const both = as({ role: 'member', place: 'county' }, { role: 'reviewer', place: 't1' });
    expect(may(both, 'review-film')).toBe(true);
    expect(mayTo(tree, both, 'review-film', { place: 's1', ownerId: other })).toBe(true);
    expect(mayTo(tree, both, 'review-film', { place: 't2', ownerId: other })).toBe(false);
  });

  it('of everybody needs no account', () => {
    expect(mayTo(tree, { kind: 'anonymous', ip: '' }, 'view-board', { place: 't1' })).toBe(true);
    expect(may({ kind: 'anonymous', ip: '' }, 'read-plans')).toBe(false);
  });
});
