import { expect, it } from 'vitest';
import { counted } from '../../../../player/console/words/en/counted.ts';

it.each([
  [0, '0 films'],
  [1, '1 film'],
  [2, '2 films'],
])('counts %i in English', (count, said) => {
  expect(counted(count, 'film')).toBe(said);
});
