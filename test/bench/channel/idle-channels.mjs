import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds } from '../origin/servers.mjs';
import { judge, median } from './measure.mjs';

const channels = 1000;
const peers = 4;

/** A server with so many channels, once it is on air with all of them. */
async function startIdle(count) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'idle-server.mjs'), String(count)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines = createInterface({ input: child.stdout });
  const [said] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${code}.`))),
  ]);
  return { ...JSON.parse(said), stop: () => child.kill('SIGTERM') };
}

/** These processes and all below them. */
function family(pids) {
  const below = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    ),
  );
  return [...new Set([...pids, ...(below.length === 0 ? [] : family(below))])];
}

/** Memory in MB that these processes share with no other: a thousand ffmpeg have the program itself only once. */
const ownMb = (pids) =>
  pids.reduce((sum, pid) => {
    const parts = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB/gm);
    return [...parts].reduce((all, [, kb]) => all + Number(kb) / 1024, sum);
  }, 0);

/** Share of a core that processes take, and what memory they hold for themselves, over some seconds. */
async function loadOf(groups, seconds, rounds) {
  const shares = groups.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    const before = groups.map(cpuSeconds);
    await pause(seconds * 1000);
    for (const [index, pids] of groups.entries()) shares[index].push((cpuSeconds(pids) - before[index]) / seconds);
  }
  return groups.map((pids, index) => ({ share: median(shares[index]), mb: ownMb(pids) }));
}

/** One channel as peers run it: an ffmpeg that copies a file into a live list, at the pace of the clock. */
function startPeer(folder, film, n) {
  const out = ['-f', 'hls', '-hls_time', '4', '-hls_list_size', '18', '-hls_flags', 'delete_segments'];
  const args = ['-v', 'error', '-re', '-stream_loop', '-1', '-i', film, '-c', 'copy', ...out];
  return spawn('ffmpeg', [...args, join(folder, `${n}.m3u8`)], { stdio: 'ignore' });
}

function makeFilm(folder) {
  const film = join(folder, 'film.mp4');
  const picture = 'testsrc2=s=1280x720:r=25:d=20';
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '2M', '-g', '100', '-c:a', 'aac'];
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    picture,
    '-f',
    'lavfi',
    '-i',
    'sine=d=20',
    ...codecs,
    film,
  ]);
  return film;
}

/** What a thousand channels cost that nobody watches, beside channels with a process each. */
export async function benchIdle({ quick }) {
  const folder = mkdtempSync(join(tmpdir(), 'yuanbo-bench-'));
  const film = makeFilm(folder);
  const [none, all] = [await startIdle(1), await startIdle(channels + 1)];
  const copies = Array.from({ length: peers }, (_, n) => startPeer(folder, film, n));
  try {
    if (all.onAir !== channels + 1) throw new Error(`Only ${all.onAir} channels are on air.`);
    // Until caches are warm and code is compiled.
    await pause(10_000);
    const groups = [family(none.pids), family(all.pids), copies.map(({ pid }) => pid)];
    const [one, many, copy] = await loadOf(groups, 10, quick ? 1 : 3);
    const perPeer = { share: copy.share / peers, mb: copy.mb / peers };
    const added = { share: Math.max(0, many.share - one.share), mb: many.mb - one.mb };
    const row = (what, { share, mb }, processes) =>
      console.log(
        `  ${what.padEnd(44)} ${(share * 100).toFixed(2).padStart(8)} % of a core  ${mb.toFixed(0).padStart(7)} MB  ${processes} processes`,
      );
    console.log(`\nA server with database and Redis, nobody watching, medians of 10 s`);
    row('1 channel', one, groups[0].length);
    row(`${channels + 1} channels`, many, groups[1].length);
    row(`what ${channels} channels add`, added, groups[1].length - groups[0].length);
    row(
      `${channels} times one copying ffmpeg (of ${peers} measured)`,
      { share: perPeer.share * channels, mb: perPeer.mb * channels },
      channels,
    );
    return [
      judge(`processes that ${channels} idle channels add`, groups[1].length - groups[0].length, 0),
      judge(
        `CPU that ${channels} idle channels add, of that of as many ffmpeg`,
        added.share / ((perPeer.share * channels) / 100),
        1,
        ' %',
      ),
    ];
  } finally {
    none.stop();
    all.stop();
    for (const each of copies) each.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
