import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// `npm run soak:seam`: a player watches the seam of two months that were published one after the other, on a sample county whose clock
// stands some minutes before the first of the next month.
const minutesBefore = 9;
const zoneMs = 8 * 3_600_000;
const county = new Date(Date.now() + zoneMs);
const seamMs = Date.UTC(county.getUTCFullYear(), county.getUTCMonth() + 1, 1) - zoneMs;
const aheadMs = seamMs - minutesBefore * 60_000 - Date.now();
const built = spawnSync('npx', ['tsc', '-b', 'server', 'transcoder'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const clock = join(import.meta.dirname, 'journey/soak/clock-ahead.mjs');
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'soak', 'test/journey/soak/seam.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, NODE_OPTIONS: `--import=${clock}`, CLOCK_AHEAD_MS: String(aheadMs) },
});
process.exit(status ?? 1);
