import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../player/shared/api-error.ts';
import { askAsPlace, placeOfAddress } from '../../../../player/shared/viewing-place.ts';

describe('the place that a page is opened for', () => {
  it('stands in the address; the county is no place of its own', () => {
    expect(placeOfAddress('?code=s1')).toBe('s1');
    expect(placeOfAddress('?quiet=1&code=t1')).toBe('t1');
    for (const search of ['', '?code=county', '?code=S1', '?barcode=s1'])
      expect(placeOfAddress(search)).toBeUndefined();
  });

  it('is asked for, and the county where the server knows no such place', async () => {
    const asked: unknown[] = [];
    const known = await askAsPlace('t1', (group) => Promise.resolve(asked.push(group)));
    expect([known, asked]).toEqual([1, [{ group: 't1' }]]);
    const gone = new ApiError({ status: 404, code: 'not_found', detail: 'No such place.' });
    const reply = await askAsPlace('x1', (group) =>
      group.group === 'x1' ? Promise.reject(gone) : Promise.resolve('all'),
    );
    expect(reply).toBe('all');
    const away = askAsPlace('t1', () => Promise.reject(new TypeError('network')));
    await expect(away).rejects.toThrow('network');
  });
});
