import { spawnSync } from 'node:child_process';

// `npm run soak:channel [times] [seed]`: the property tests with that many times the histories of CI, from a seed that is
// printed, so that what it finds can be found again.
const [times = '10', seed = String(Math.floor(Date.now() / 1000) % 1_000_000)] = process.argv.slice(2);
console.log(
  `${times} times the histories of CI from seed ${seed}; again with: npm run soak:channel -- ${times} ${seed}`,
);
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'property', '--testTimeout', '7200000'], {
  stdio: 'inherit',
  env: { ...process.env, SOAK_TIMES: times, SOAK_SEED: seed },
});
process.exit(status ?? 1);
