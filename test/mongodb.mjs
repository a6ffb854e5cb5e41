// `npm run test:mongodb`: the store tests on a real MongoDB server.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from '../server/supervisor/setup.mjs';

if (!process.env.MONGODB_URI) {
  console.log(
    'skipped: set MONGODB_URI to the MongoDB server that the tests may use (each makes a database of its own).',
  );
  console.log('0 passed, 0 failed, 1 skipped');
  process.exit(0);
}
setUp('test');
const vitest = join(root, 'node_modules', '.bin', 'vitest');
const { status } = spawnSync(vitest, ['run', '--project', 'service', 'test/service/database', 'test/service/server'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
