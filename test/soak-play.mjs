import { spawnSync } from 'node:child_process';

// `npm run soak:play [minutes] [seed]`: hls.js in Chromium plays a sample county's channel from two servers in turns while they are
// killed and the plan is edited and cut; when that happens follows from the seed, which is printed.
const [minutes = '10', seed = String(Math.floor(Date.now() / 1000) % 1_000_000)] = process.argv.slice(2);
console.log(`${minutes} minutes from seed ${seed}; again with: npm run soak:play -- ${minutes} ${seed}`);
const built = spawnSync('npx', ['tsc', '-b', 'server', 'transcoder'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'soak', 'test/journey/soak/play.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, SOAK_MINUTES: minutes, SOAK_SEED: seed },
});
process.exit(status ?? 1);
