import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { type Settings, settingsSchema } from './settings.ts';

/** Names of all settings of the installation, as the schema has them. */
export const settingNames = Object.keys(settingsSchema.shape) as (keyof Settings)[];

/** Whoever reads these could sign in, or open what is stored. */
export const secretSettings: ReadonlySet<keyof Settings> = new Set([
  'SECRET',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'DEMO_PASSWORD',
] as const);

/** One setting of the installation as it is in force. */
export const installedSettingSchema = z.object({
  name: z.enum(Object.keys(settingsSchema.shape) as [keyof Settings, ...(keyof Settings)[]]),
  meaning: z.string(),
  /** Absent where it is unset, and where it is secret. */
  value: z.string().optional(),
  /** It is set and not shown. */
  isMasked: z.boolean(),
  /** Absent where there is none. */
  usual: z.string().optional(),
  source: z.enum(['environment', 'default']),
});
export type InstalledSetting = z.infer<typeof installedSettingSchema>;

export const installation = {
  readInstallation: endpoint({
    method: 'GET',
    path: '/api/settings/installation',
    who: 'manage-settings',
    summary:
      'Every setting of the installation with its meaning, its value in force, its default and where it was set.',
    reply: z.object({ items: z.array(installedSettingSchema) }),
  }),
};
