import { join, resolve } from 'node:path';
import type { Settings } from '../../media/contract/settings.ts';
import { CannotStart } from '../supervisor/preflight.ts';
import { holdAlone } from './hold-alone.ts';
import { importFolder, type ImportRun, summary } from './import-folder.ts';
import { openImportState } from './import-state.ts';
import { officeOf, readWords } from './office-words.ts';
import { stopSignal } from './stop-signal.ts';
import { watchFolder } from './watch-folder.ts';

const usage =
  'Use: npx yuanbo import FOLDER [--watch] [--rest SECONDS] [--sidecar FILE] [--state FILE] [--url URL] [--token TOKEN].';
const restByDefault = '10';

/** `import`: brings a folder of films into the library over the HTTP API. */
export async function importCommand(
  settings: Settings,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { values, positionals } = readWords(args, usage, {
    watch: { type: 'boolean', default: false },
    rest: { type: 'string', default: restByDefault },
    sidecar: { type: 'string' },
    state: { type: 'string' },
  });
  const [folder, ...more] = positionals;
  const restSeconds = Number(values.rest);
  if (folder === undefined || more.length > 0 || !(restSeconds > 0)) throw new CannotStart(usage);
  const office = officeOf(settings, values, environment);
  const signal = stopSignal();
  // Before anything is read: a wrong password or address is told at once.
  await office.ask('/api/sessions/current');
  const note = values.state ?? join(folder, '.yuanbo-import.json');
  const release = await holdBoth(folder, note);
  const state = await openImportState(note, office.address);
  const run: ImportRun = {
    ...{ office, state, signal, folder: resolve(folder), sidecar: values.sidecar },
    say: (line) => console.log(line),
  };
  try {
    const tally = values.watch ? await watchFolder(run, restSeconds) : await importFolder(run);
    console.log(summary(tally));
    if (tally.failed > 0) process.exitCode = 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    console.log('Stopped. Run the same command again: it goes on at the last byte.');
    process.exitCode = 1;
  } finally {
    await office.signOut();
    release();
  }
}

/** Two at a time would send films twice: the one does not know what the other is sending. */
async function holdBoth(folder: string, note: string): Promise<() => void> {
  const releaseFolder = await holdAlone(folder);
  const releaseNote = await holdAlone(note);
  return () => {
    releaseNote();
    releaseFolder();
  };
}
