import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../../..');
const sources = join(root, 'server/database/embedded');

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2022,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};

/** Writes the server as plain JavaScript, which a process of its own needs, and gives the folder. */
function buildEmbedded(folder: string): string {
  const built = join(folder, 'built');
  for (const entry of readdirSync(sources, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(built, relative(sources, source)).replace(/\.ts$/, '.js');
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions: options }).outputText);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return built;
}

/** Where an embedded database process keeps its file and listens. */
export interface ProcessPlace {
  readonly folder: string;
  /** The compiled server. */
  readonly program: string;
  readonly file: string;
  readonly socket: string;
  readonly uri: string;
}

/** A place of its own under the temporary directory, and how to remove it. */
export function newPlace(): ProcessPlace & { readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'yuanbo-db-'));
  const socket = join(folder, 'db.sock');
  return {
    folder,
    program: join(buildEmbedded(folder), 'main.js'),
    file: join(folder, 'data', 'test.db'),
    socket,
    uri: `mongodb://${encodeURIComponent(socket)}/test?directConnection=true&serverSelectionTimeoutMS=20000`,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the database as a process of its own; resolves when it says that it listens, rejects with what it complains of. */
export async function startProcess(
  { program, file, socket }: ProcessPlace,
  more: readonly string[] = [],
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, '--file', file, '--socket', socket, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const listening = once(createInterface(child.stdout), 'line');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`exit ${String(code)}: ${complaint.trim()}`);
  });
  const [line] = (await Promise.race([listening, ended])) as [string];
  ended.catch(() => undefined);
  if (!line.includes('"listening"')) throw new Error(`unexpected first line: ${line}`);
  return child;
}

/** Ends a process with a signal and waits until it is gone; gives its exit code, null after SIGKILL. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  const [code] = (await gone) as [number | null];
  return code;
}
