import { spawnSync } from 'node:child_process';

// `npm run soak:station [minutes] [seed]`: the station page plays a sample county's channel in Chromium while the network is cut, the
// server killed, the token ended and the plan edited; stalls and the page's heap are printed. 1440 minutes are a day.
const [minutes = '120', seed = String(Math.floor(Date.now() / 1000) % 1_000_000)] = process.argv.slice(2);
console.log(`${minutes} minutes from seed ${seed}; again with: npm run soak:station -- ${minutes} ${seed}`);
const built = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'soak', 'test/journey/soak/station.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, SOAK_MINUTES: minutes, SOAK_SEED: seed },
});
process.exit(status ?? 1);
