import { settingsSchema } from './settings.ts';

/** What a setting is worth when nobody sets it, as text; empty where it is unset. */
function defaultOf(schema: { safeParse: (value: unknown) => { success: boolean; data?: unknown } }): string {
  const parsed = schema.safeParse(undefined);
  const value = parsed.success ? parsed.data : undefined;
  if (value === undefined || typeof value === 'object') return '';
  return typeof value === 'boolean' ? (value ? '1' : '') : `${value as string | number}`;
}

/** `settings.example.env`: every deployment setting with its meaning and default, all commented out. */
export function settingsExample(): string {
  const lines = Object.entries(settingsSchema.shape).map(
    ([name, schema]) => `# ${schema.description ?? ''}\n#${name}=${defaultOf(schema)}\n`,
  );
  return `# Deployment settings of Yuanbo. Take away the # before what you set.\n# County settings (catch-up days, loudness ...) are in the console.\n\n${lines.join('\n')}`;
}

/** The same as rows of a Markdown table, for the README. */
export const settingsTable = (): string =>
  Object.entries(settingsSchema.shape)
    .map(([name, schema]) => `| \`${name}\` | ${defaultOf(schema)} | ${schema.description ?? ''} |`)
    .join('\n');
