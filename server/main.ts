import { parseSettings, type Settings } from '../media/contract/settings.ts';
import { CannotStart } from './supervisor/preflight.ts';

type Environment = Readonly<Record<string, string | undefined>>;
/** A sub-command: settings, the arguments after its name, and the environment for children. */
export type Command = (settings: Settings, args: readonly string[], environment: Environment) => Promise<void>;

/** Each is loaded when it is asked for: a backup needs no web server. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./process/serve-command.ts')).serveCommand,
  server: async () => (await import('./process/serve-command.ts')).serveCommand,
  start: async () => (await import('./supervisor/commands.ts')).startCommand,
  demo: async () => (await import('./supervisor/commands.ts')).demoCommand,
  slate: async () => (await import('./demo/seed-command.ts')).slateCommand,
  seed: async () => (await import('./demo/seed-command.ts')).seedCommand,
  import: async () => (await import('./command-line/import-command.ts')).importCommand,
  film: async () => (await import('./command-line/film-command.ts')).filmCommand,
  backup: async () => (await import('./backup/commands.ts')).backupCommand,
  restore: async () => (await import('./backup/commands.ts')).restoreCommand,
};

async function main(args: readonly string[], environment: Environment): Promise<void> {
  const [name = '', ...rest] = args;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    throw new CannotStart(`Unknown command "${name}": use one of ${Object.keys(commands).join(', ')}.`);
  }
  const parsed = parseSettings(environment);
  if ('problems' in parsed) throw new CannotStart(parsed.problems.join('\n'));
  await (
    await load()
  )(parsed.settings, rest, environment);
}

main(process.argv.slice(2), process.env).catch((error: unknown) => {
  // One sentence for what the operator can mend; the whole error for what we must.
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
});
