import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { auditNouns } from '../../media/contract/audit.ts';
import { office as english } from '../../player/console/words/en/office.ts';
import { office as chinese } from '../../player/console/words/zh/office.ts';

const code = new RegExp(`'((?:${auditNouns.join('|')})\\.[a-z_-]+)'`, 'g');
const deeds = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'server'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file.endsWith('.ts') && existsSync(file))
  .map((file) => readFileSync(file, 'utf8'))
  .filter((text) => /\baudit(?:edBy)?\(/.test(text))
  .flatMap((text) => [...text.matchAll(code)].map(([, deed = '']) => deed));

it.each([
  ['Chinese', chinese.audit.actions],
  ['English', english.audit.actions],
])('has a word in %s for every deed that is recorded', (_language, words) => {
  expect(deeds.length).toBeGreaterThan(30);
  expect(deeds.filter((deed) => !(deed in words))).toEqual([]);
});
