// Brings a bare machine to the point where a command can run: Node version, system packages, npm packages, build.
// Plain JavaScript without dependencies, because it runs before `npm ci`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Every system package that any command needs: the program that shows it is there, and Debian's name for it. The one place. */
const systemPackages = {
  ffmpeg: { program: 'ffmpeg', debian: 'ffmpeg' },
  ffprobe: { program: 'ffprobe', debian: 'ffmpeg' },
  redis: { program: 'redis-server', debian: 'redis-server' },
  setpriv: { program: 'setpriv', debian: 'util-linux' },
  chromium: { program: 'chromium', debian: 'chromium' },
  cjkFont: { file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', debian: 'fonts-noto-cjk' },
  nginx: { program: 'nginx', debian: 'nginx-light', optional: true },
  xmllint: { program: 'xmllint', debian: 'libxml2-utils', optional: true },
  xmltv: { file: '/usr/share/xmltv/xmltv.dtd', debian: 'xmltv-util', optional: true },
};

/** What each command needs. */
export const needs = {
  demo: ['ffmpeg', 'ffprobe', 'redis', 'setpriv'],
  start: ['ffmpeg', 'ffprobe', 'redis', 'setpriv'],
  server: [],
  worker: ['ffmpeg', 'ffprobe', 'setpriv'],
  backup: [],
  restore: [],
  import: [],
  film: [],
  test: ['ffmpeg', 'ffprobe', 'redis', 'setpriv', 'chromium', 'cjkFont', 'nginx', 'xmllint', 'xmltv'],
};

/** Ends the command with one sentence that says the cure. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

export function setUp(command) {
  checkNode();
  installSystemPackages(needs[command] ?? []);
  installNpmPackages();
  build();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Yuanbo needs Node.js 20.19 or newer and this is ${process.versions.node}: install a newer Node.js and run the command again.`,
  );
}

const onPath = (program) =>
  (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, program))) ||
  existsSync(join('/usr/sbin', program));
const isThere = (entry) => ('program' in entry ? onPath(entry.program) : existsSync(entry.file));

function installSystemPackages(names) {
  const missing = names.map((name) => systemPackages[name]).filter((entry) => !isThere(entry));
  if (missing.length === 0) return;
  if (process.env.REDIS_URL && missing.every((entry) => entry.debian === 'redis-server')) return;
  const packages = [...new Set(missing.map((entry) => entry.debian))];
  const line = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const prefix = rightToInstall();
  if (prefix === undefined) {
    if (missing.every((entry) => entry.optional)) return;
    fail(
      `Missing on this machine: ${packages.join(', ')}. Install with: sudo sh -c "${line}" and run the command again.`,
    );
  }
  console.error(`Installing system packages: ${packages.join(' ')}`);
  const apt = (packagesToInstall) =>
    spawnSync(
      prefix[0],
      [
        ...prefix.slice(1),
        `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packagesToInstall.join(' ')}`,
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    ).status === 0;
  const required = [...new Set(missing.filter((entry) => !entry.optional).map((entry) => entry.debian))];
  if (apt(packages)) return;
  // An optional package that this release lacks must not stop what is needed.
  if (required.length > 0 && !apt(required))
    fail(`apt could not install ${required.join(' ')}: see its message above, mend it, and run the command again.`);
}

/** The words that run a shell line as root, or undefined where that is not allowed without a password. */
function rightToInstall() {
  if (!onPath('apt-get')) return undefined;
  if (process.getuid?.() === 0) return ['sh', '-c'];
  if (onPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0)
    return ['sudo', '-n', 'sh', '-c'];
  return undefined;
}

function installNpmPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.yuanbo-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing npm packages (npm ci)');
  run(
    'npm',
    // Also where NODE_ENV=production is set: the build needs them.
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    'npm ci failed: see its message above, check the network or the registry setting, and run the command again.',
  );
  writeFileSync(stamp, lock);
}

const sourceRooms = ['media', 'server', 'transcoder', 'player'];

/** Hash of every source file, so that a build happens exactly when something changed. */
function sourceStamp() {
  const hash = createHash('sha256');
  const visit = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (statSync(join(root, path)).size < 200_000) hash.update(path).update(readFileSync(join(root, path)));
    }
  };
  for (const room of sourceRooms) visit(room);
  return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

function build() {
  const stamp = join(root, 'dist', '.sources');
  const wanted = sourceStamp();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Building');
  mkdirSync(join(root, 'dist'), { recursive: true });
  rmSync(stamp, { force: true });
  run('npm', ['run', '--silent', 'build'], 'The build failed: see its message above.');
  writeFileSync(stamp, wanted);
}

function run(program, args, sentence) {
  // What a command itself prints may go into a file or another program: set-up speaks beside it.
  if (spawnSync(program, args, { cwd: root, stdio: ['inherit', 2, 'inherit'] }).status !== 0) fail(sentence);
}
