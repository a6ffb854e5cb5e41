import { type InstalledSetting, secretSettings, settingNames } from '../../media/contract/installation.ts';
import { type Settings, settingsSchema } from '../../media/contract/settings.ts';

/** Every setting of the schema as it is in force; secrets, and passwords within addresses, are never told. */
export function installedSettings(settings: Settings): InstalledSetting[] {
  const usual = settingsSchema.parse({});
  return settingNames.map((name) => {
    const [value, normal] = [textOf(settings[name]), textOf(usual[name])];
    const isSecret = secretSettings.has(name);
    return {
      name,
      meaning: settingsSchema.shape[name].description ?? '',
      ...(value === undefined || isSecret ? {} : { value }),
      isMasked: isSecret && value !== undefined,
      ...(normal === undefined ? {} : { usual: normal }),
      source: value === normal ? 'default' : 'environment',
    };
  });
}

function textOf(value: Settings[keyof Settings]): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value).replace(/\/\/[^/@]*@/, '//***@');
}
