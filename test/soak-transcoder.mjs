import { spawnSync } from 'node:child_process';

// `npm run soak:transcoder [runs] [seed]`: films are made while worker, ffmpeg, Redis, database and server are killed at moments
// that follow from the seed, which is printed, so that what it finds can be found again.
const [runs = '100', seed = String(Math.floor(Date.now() / 1000) % 1_000_000)] = process.argv.slice(2);
console.log(`${runs} runs from seed ${seed}; again with: npm run soak:transcoder -- ${runs} ${seed}`);
const built = spawnSync('npx', ['tsc', '-b', 'server', 'transcoder'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'parts', 'test/journey/transcode-soak.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, SOAK_RUNS: runs, SOAK_SEED: seed },
});
process.exit(status ?? 1);
