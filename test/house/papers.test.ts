import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { settingsExample, settingsTable } from '../../media/contract/settings-example.ts';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const read = (file: string) => readFileSync(file, 'utf8');

describe('the papers of the house', () => {
  it('lead every link in a Markdown file to a file that is there', () => {
    const broken = files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
          .map(([, target = '']) => join(dirname(file), target))
          .filter((target) => !existsSync(target))
          .map((target) => `${file} -> ${target}`),
      );
    expect(broken).toEqual([]);
  });

  it('name every setting, in the README as in settings.example.env', () => {
    expect(read('settings.example.env')).toBe(settingsExample());
    for (const row of settingsTable().split('\n')) expect(read('README.md')).toContain(row);
  });

  it('give every room a README of at most 60 lines that names each of its folders and files', () => {
    for (const room of ['media', 'server', 'transcoder', 'player', 'test']) {
      const text = read(`${room}/README.md`);
      expect(text.split('\n').length, room).toBeLessThanOrEqual(60);
      const entries = readdirSync(room, { withFileTypes: true }).filter(({ name }) =>
        files.some((file) => file.startsWith(`${room}/${name}`)),
      );
      const unnamed = entries
        .map(({ name }) => name)
        .filter((name) => name !== 'README.md' && name !== 'tsconfig.json' && !text.includes(name));
      expect(unnamed, room).toEqual([]);
    }
  });
});

describe('names', () => {
  it('are never those of drawers', () => {
    const drawers = /^(.*-)?(utils?|helpers?|common|misc|manager|services?|base|core)(\.[a-z]+)*$/;
    const rooms = files.filter((file) => /^(media|server|transcoder|player)\//.test(file));
    expect(rooms.filter((file) => file.split('/').some((part) => drawers.test(part)))).toEqual([]);
  });
});

describe('the lock file', () => {
  it('names no host', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});

describe('the station page', () => {
  it('is one classic script that an engine of 2016 can parse', () => {
    const folder = 'dist/player/station/assets';
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts)
      expect(() => parse(read(join(folder, script)), { ecmaVersion: 2016, sourceType: 'script' })).not.toThrow();
  });
});
