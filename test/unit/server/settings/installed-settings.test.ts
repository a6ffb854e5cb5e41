import { describe, expect, it } from 'vitest';
import { parseSettings, settingsSchema, type Settings } from '../../../../media/contract/settings.ts';
import { keeping as en } from '../../../../player/console/words/en/keeping.ts';
import { keeping as zh } from '../../../../player/console/words/zh/keeping.ts';
import { installedSettings } from '../../../../server/settings/installed-settings.ts';

function settingsOf(environment: Record<string, string>): Settings {
  const parsed = parseSettings(environment);
  if ('problems' in parsed) throw new Error(parsed.problems.join(' '));
  return parsed.settings;
}
const names = Object.keys(settingsSchema.shape);

describe('the settings of the installation', () => {
  it('are all told, each with its meaning in both languages', () => {
    const told = installedSettings(settingsOf({}));
    expect(told.map(({ name }) => name)).toEqual(names);
    expect(told.filter(({ meaning }) => meaning === '')).toEqual([]);
    for (const { settings } of [zh, en]) expect(Object.keys(settings.meanings).sort()).toEqual([...names].sort());
    expect(en.settings.meanings).toEqual(Object.fromEntries(told.map(({ name, meaning }) => [name, meaning])));
  });

  it('tell the value in force, the default, and which of them holds', () => {
    const told = new Map(
      installedSettings(settingsOf({ PORT: '9090', ALLOW_HTTP: '1' })).map((each) => [each.name, each]),
    );
    expect(told.get('PORT')).toMatchObject({ value: '9090', usual: '8080', source: 'environment' });
    expect(told.get('ALLOW_HTTP')).toMatchObject({ value: '1', usual: '0', source: 'environment' });
    expect(told.get('HOST')).toMatchObject({ value: '127.0.0.1', source: 'default' });
    expect(told.get('PUBLIC_URL')).toMatchObject({ isMasked: false, source: 'default' });
  });

  it('keep secrets, and passwords within addresses', () => {
    const hidden = 'not-to-be-seen-by-anybody-at-all-ever';
    const secret = names.filter((name) => /SECRET|PASSWORD|KEY|TOKEN/.test(name));
    const environment = Object.fromEntries(secret.map((name) => [name, hidden]));
    const told = installedSettings(
      settingsOf({
        ...environment,
        MONGODB_URI: `mongodb://me:${hidden}@host/db`,
        REDIS_URL: `redis://:${hidden}@host`,
      }),
    );
    expect(JSON.stringify(told)).not.toContain(hidden);
    expect(told.filter(({ isMasked }) => isMasked).map(({ name }) => name)).toEqual(secret);
  });
});
