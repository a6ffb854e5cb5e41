// One whole server with its database and Redis, and as many channels with nothing to do as the argument says.
// node idle-server.mjs CHANNELS: prints one line of JSON with the processes that it consists of, and runs until it is ended.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { built } from '../origin/built.mjs';
import { emptyChannel } from './plans.mjs';

const { startServer } = await built('server/database/embedded/wire-server.js');
const { runServer } = await built('server/process/run-server.js');
const { ensureFirstCounty } = await built('server/accounts/ensure-first-county.js');
const { slateFilmId } = await built('server/library/slate.js');
const { parseSettings } = await built('media/contract/settings.js');
const { cellAt } = await built('media/grid/cell.js');

const count = Number(process.argv[2] ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'yuanbo-bench-'));
const redisSocket = join(folder, 'redis.sock');
const redis = spawn('redis-server', ['--port', '0', '--unixsocket', redisSocket, '--dir', folder, '--save', ''], {
  stdio: 'ignore',
});
process.on('exit', () => {
  redis.kill();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
process.on('disconnect', () => process.exit(0));

const database = await startServer(
  { file: join(folder, 'bench.db'), socket: join(folder, 'db.sock') },
  { refuseCollectionScans: false, synchronous: 'NORMAL' },
);
const { settings, problems } = parseSettings({
  ...{ DATA_DIR: folder, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn' },
  ...{ MONGODB_URI: database.uri('bench'), REDIS_URL: redisSocket },
});
if (problems !== undefined) throw new Error(problems.join('\n'));

/** Films are the business of other benches: the slate is a record with facts, and nobody asks for its segments. */
async function addSlate(films, facts) {
  const rung = { width: 1280, height: 720, bandwidthBps: 3_000_000, codecs: 'avc1.64001f,mp4a.40.2', frameRate: 25 };
  await films.insert({
    ...{ id: slateFilmId, title: 'slate', state: 'ready', audience: 'public', revision: slateFilmId },
    ...{ owner: { id: slateFilmId, name: 'bench' }, version: 1, language: 'zh-CN', stateAtMs: 0, warnings: [] },
    ...{ filename: 'slate.mp4', sourceBytes: 1, place: 'county', createdAtMs: 0, attempt: 0, playable: true },
    ...{ durationMs: facts.durationMs, reviews: [] },
    package: {
      ...{ segments: facts.segments, durationMs: facts.durationMs, languages: ['zh-CN'], packages: ['ts'] },
      ...{ rungs: facts.rungs.map((name) => ({ ...rung, name })), channelReady: true, subtitles: [], posters: [] },
    },
  });
}

async function addChannels({ channels, heads, films, onAir }) {
  await addSlate(films, emptyChannel().revisions.slate);
  const fromCell = cellAt(Date.now()) - 4000;
  const idle = { ...emptyChannel(), fromCell };
  const slate = { [slateFilmId]: { ...idle.revisions.slate, filmId: slateFilmId } };
  for (let n = 1; n < count; n += 1) {
    const code = `idle-${n}`;
    await channels.add({
      ...{ code, name: code, audience: 'public', package: 'ts', languages: ['zh-CN'], groups: [] },
      ...{ fillerCategories: [], fillerRestHours: 0, gapCardHours: 0 },
    });
    const epochs = [{ name: String(new Date().getUTCFullYear()), baseCell: fromCell, baseDsn: 0 }];
    const timeline = { ...idle, channel: code, epochs, slate: slateFilmId, revisions: slate };
    const why = { by: 'system', reason: 'bench', movedAtMs: Date.now() };
    await heads.move(undefined, { format: 1, timeline, announcements: {} }, why);
  }
  await onAir.refresh();
}

const server = await runServer(settings, pino({ level: 'warn' }, pino.destination(2)), async (parts) => {
  await ensureFirstCounty(parts);
  await addChannels(parts);
});
// A channel begins only where there is a slate, and without one nothing is tended.
if (server.parts.onAir.find('county') === undefined) throw new Error('The slate is not known.');
console.log(
  JSON.stringify({ port: server.port, onAir: server.parts.onAir.channels().length, pids: [process.pid, redis.pid] }),
);
