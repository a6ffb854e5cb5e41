import { parseArgs, type ParseArgsConfig } from 'node:util';
import { officeSettingsSchema } from '../../media/contract/office-settings.ts';
import type { Settings } from '../../media/contract/settings.ts';
import { CannotStart } from '../supervisor/preflight.ts';
import { type Office, openOffice } from './office.ts';

const everywhere = { url: { type: 'string' }, token: { type: 'string' } } as const;
type Options = NonNullable<ParseArgsConfig['options']>;
interface Line<Wanted extends Options> {
  readonly args: string[];
  readonly allowPositionals: true;
  readonly options: typeof everywhere & Wanted;
}

/** The words after a command; one sentence with the right way for wrong ones. */
export function readWords<Wanted extends Options>(
  args: readonly string[],
  usage: string,
  options: Wanted,
): ReturnType<typeof parseArgs<Line<Wanted>>> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { ...everywhere, ...options } });
  } catch (error) {
    throw new CannotStart(`${error instanceof Error ? error.message : String(error)}. ${usage}`);
  }
}

/** The office that the words or the environment name, the words first. */
export function officeOf(
  settings: Pick<Settings, 'PORT'>,
  words: { readonly url?: string | undefined; readonly token?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Office {
  const given = Object.fromEntries(
    Object.keys(officeSettingsSchema.shape).map((name) => [
      name,
      environment[name] === '' ? undefined : environment[name],
    ]),
  );
  const parsed = officeSettingsSchema.safeParse({
    ...given,
    ...(words.url === undefined ? {} : { YUANBO_URL: words.url }),
    ...(words.token === undefined ? {} : { YUANBO_TOKEN: words.token }),
  });
  if (!parsed.success) {
    const said = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new CannotStart(said.join('\n'));
  }
  const { YUANBO_URL: url, YUANBO_TOKEN: token, YUANBO_USER: username, YUANBO_PASSWORD: password } = parsed.data;
  const address = (url ?? `http://127.0.0.1:${settings.PORT}`).replace(/\/+$/, '');
  if (token !== undefined) return openOffice(address, { token });
  if (username !== undefined && password !== undefined) return openOffice(address, { username, password });
  throw new CannotStart('Say who you are: set YUANBO_TOKEN, or YUANBO_USER and YUANBO_PASSWORD, in the environment.');
}
