// `npm test` and `npm run check`: set-up, then every check, then one closing line that adds them up.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setUp } from '../server/supervisor/setup.mjs';

const scope = process.argv[2] ?? 'all';
setUp('test');

const results = mkdtempSync(join(tmpdir(), 'yuanbo-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const outcomes = [];

/** A third of lint's CPU was looking for garbage in a heap that was full of types. */
const roomy = { ...process.env, NODE_OPTIONS: '--max-semi-space-size=128 --max-old-space-size=6144' };

/** Runs one of the installed programs; answers its exit code and what it wrote, or null for what it wrote to the screen. */
function run(program, args, isQuiet) {
  return new Promise((resolve) => {
    const stdio = isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(join(root, 'node_modules', '.bin', program), args, {
      cwd: root,
      stdio,
      env: isQuiet ? roomy : process.env,
    });
    // A check that runs beside tests leaves them the cores that they need.
    if (isQuiet && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
    child.on('error', (error) => resolve({ code: 1, said: error.message }));
    child.on('close', (code) => resolve({ code, said }));
  });
}

/** A check that passes or fails as a whole. What it says is printed in one piece, for another may run beside it. */
async function check(name, program, ...args) {
  const began = Date.now();
  const { code, said } = await run(program, args, true);
  total[code === 0 ? 'passed' : 'failed'] += 1;
  if (code !== 0) console.log(said);
  report(name, code === 0 ? 'passed' : 'FAILED', began);
}

/** Vitest projects; counts their tests one by one. */
async function tests(...projects) {
  const began = Date.now();
  const file = join(results, `${projects.join('-')}.json`);
  const selected = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run('vitest', ['run', ...selected, ...reporters], false);
  const counted = countOf(file);
  total.passed += counted.passed;
  total.skipped += counted.skipped;
  // A file that does not even load fails the run without failing a test.
  total.failed += code === 0 ? counted.failed : Math.max(1, counted.failed);
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
  outcomes.push(`${name}: ${outcome} in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  console.log(outcomes.at(-1));
}

const rooms = ['media', 'server', 'transcoder', 'player', 'test'];
async function quickChecks() {
  await check('format', 'prettier', '--check', '--log-level', 'warn', '.');
  await check('import law', 'depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...rooms);
  await check('dead code', 'knip');
}

// Lint keeps one core busy for two minutes; the other has types, quick checks and then tests, which mostly wait.
const lint = check('lint', 'eslint', '.');
await check('types', 'tsc', '-b');
await quickChecks();
await tests('unit', 'property', 'house');
await tests('service');
await lint;
if (scope === 'all') {
  await tests('parts');
  await tests('journey');
}

rmSync(results, { recursive: true });
console.log(`\n${outcomes.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
