import type { Logger } from 'pino';
import type { Settings } from '../../media/contract/settings.ts';
import { ensureFirstCounty } from '../accounts/ensure-first-county.ts';
import { ensureDemoCounty } from '../demo/demo-county.ts';
import { isLoopback } from '../accounts/safe-transport.ts';
import type { Parts } from '../parts.ts';
import { CannotStart } from '../supervisor/preflight.ts';
import { endWith } from './end-with.ts';
import { makeLogger } from './logger.ts';
import { runServer } from './run-server.ts';

/** `serve`: one replica until SIGTERM or SIGINT. */
export async function serveCommand(settings: Settings, args: readonly string[]): Promise<void> {
  const log = makeLogger(settings.LOG_LEVEL, 'server');
  const server = await runServer(settings, log, args.includes('--demo') ? demoCounty(settings) : announceFirstCounty);
  warnAboutPlainHttp(settings, log);
  log.info({ host: settings.HOST, port: server.port }, 'serving');
  endWith(log, server.stop);
}

/** Makes the first county and prints the administrator's password: on the screen only, never in the log. */
async function announceFirstCounty(parts: Parts): Promise<void> {
  const { adminPassword } = await ensureFirstCounty(parts);
  if (adminPassword === undefined) return;
  process.stdout.write(
    `\n  The administrator is "admin", password ${adminPassword}\n  It is shown this once: sign in at /console/ and keep it safe.\n\n`,
  );
}

/** `--demo`, from the supervisor: the sample county instead of an empty one. */
const demoCounty =
  ({ DEMO_PASSWORD: password }: Settings) =>
  async (parts: Parts): Promise<void> => {
    if (password === undefined) throw new CannotStart('Set DEMO_PASSWORD to the password of the demo accounts.');
    await ensureDemoCounty(parts, password);
  };

function warnAboutPlainHttp(settings: Settings, log: Logger): void {
  if (!settings.ALLOW_HTTP || isLoopback(settings.HOST) || settings.HOST === 'localhost') return;
  log.warn('ALLOW_HTTP=1: passwords may cross the network in clear text; use https where you can');
}
