// `npm test` and `npm run check`: set-up, then every check in turn, then one closing line that adds them up.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setUp } from '../server/supervisor/setup.mjs';

const scope = process.argv[2] ?? 'all';
setUp('test');

const results = mkdtempSync(join(tmpdir(), 'yuanbo-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const slow = [];

/** A check that passes or fails as a whole. */
function check(name, program, ...args) {
  const began = Date.now();
  const passed =
    spawnSync(join(root, 'node_modules', '.bin', program), args, { cwd: root, stdio: 'inherit' }).status === 0;
  total[passed ? 'passed' : 'failed'] += 1;
  report(name, passed ? 'passed' : 'FAILED', began);
}

/** A vitest project; counts its tests one by one. */
function tests(...projects) {
  const began = Date.now();
  const file = join(results, `${projects.join('-')}.json`);
  const selected = projects.flatMap((project) => ['--project', project]);
  const run = spawnSync(
    join(root, 'node_modules', '.bin', 'vitest'),
    ['run', ...selected, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  const counted = countOf(file);
  total.passed += counted.passed;
  total.skipped += counted.skipped;
  // A file that does not even load fails the run without failing a test.
  total.failed += run.status === 0 ? counted.failed : Math.max(1, counted.failed);
  report(projects.join(', '), `${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`, began);
}

function countOf(file) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function report(name, outcome, began) {
  slow.push(`${name}: ${outcome} in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  console.log(slow.at(-1));
}

check('types', 'tsc', '-b');
check('format', 'prettier', '--check', '--log-level', 'warn', '.');
check('lint', 'eslint', '.');
check(
  'import law',
  'depcruise',
  '--config',
  '.dependency-cruiser.cjs',
  '--output-type',
  'err',
  'media',
  'server',
  'transcoder',
  'player',
  'test',
);
check('dead code', 'knip');
tests('unit', 'property', 'house');
tests('service');
if (scope === 'all') {
  tests('parts');
  tests('journey');
}

rmSync(results, { recursive: true });
console.log(`\n${slow.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
