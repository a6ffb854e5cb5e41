// npm run bench:origin [-- --quick]
// Our origin beside nginx (one worker, sendfile) and express.static on the same files, in one interleaved run. CPU is what the
// server's own threads used, so that a busy machine does not change it much; every figure that counts is a ratio.
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from './built.mjs';
import { cpuSeconds, residentMb, startNginx, startProduct, startStatic } from './servers.mjs';

const quick = process.argv.includes('--quick');
const rounds = quick ? 1 : 3;
const runSeconds = quick ? 1 : 2;
const pollSeconds = quick ? 8 : 16;
const megabyte = 1_048_576;
const sizes = [0.0005, 1, 4, 8, 2.5, 0.5, 0.25];
const stations = [
  { count: 205, size: 8 },
  { count: 600, size: 2.5 },
  { count: 2000, size: 0.5 },
  { count: 5000, size: 0.25 },
];

const folder = mkdtempSync(join(tmpdir(), 'yuanbo-bench-'));
const running = [];
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));

/** Films of equal segments, with manifests, as the transcoder would have left them. */
async function makeFilms() {
  const { idOfDigest } = await built('media/contract/ids.js');
  const films = sizes.map((size, index) => {
    const name = index === 0 ? 'slate' : `film-${size}`;
    const id = idOfDigest(createHash('sha256').update(name).digest());
    return { name, size, id, revision: id, segments: index === 0 ? 300 : 8 };
  });
  for (const film of films) {
    const path = `revisions/${film.revision}/chunks/00000-bench`;
    const home = join(folder, 'media', path, '1080p');
    mkdirSync(home, { recursive: true });
    const bytes = Math.round(film.size * megabyte);
    for (let n = 0; n < film.segments; n += 1) {
      writeFileSync(join(home, `${String(n).padStart(5, '0')}.ts`), randomBytes(bytes));
    }
    writeFileSync(
      join(folder, 'media/revisions', film.revision, 'manifest.json'),
      JSON.stringify(manifest(film, path, bytes)),
    );
  }
  writeFileSync(join(folder, 'films.json'), JSON.stringify(films));
  return films;
}

const manifest = (film, path, bytes) => ({
  schema: 1,
  revision: film.revision,
  recipe: 'bench',
  sourceSha256: '0'.repeat(64),
  durationMs: film.segments * 4000,
  segments: film.segments,
  frameRate: 25,
  ts: {
    rungs: [
      {
        ...{ name: '1080p', width: 1920, height: 1080, codecs: 'avc1.64002a,mp4a.40.2', frameRate: 25 },
        ...{ bandwidthBps: 8_300_000, averageBps: 1, peakBps: 1 },
        files: Array.from({ length: film.segments }, () => ({ bytes, sha256: '0'.repeat(64) })),
      },
    ],
    chunks: [{ firstSegment: 0, segments: film.segments, path }],
  },
  languages: ['zh-CN'],
  subtitles: [],
  posters: [],
  loudness: { measuredLufs: null, targetLufs: -23 },
  conversions: [],
  marks: [],
  channelReady: { cellMs: 4000, rungs: ['1080p'], audioLayout: 'stereo-48000-aac-lc' },
});

/** The C client where a compiler is, else the one of Node, whose figures are marked. */
function makeClient() {
  const program = join(folder, 'load-client');
  try {
    execFileSync('cc', ['-O2', '-o', program, join(import.meta.dirname, 'load-client.c')], { stdio: 'pipe' });
    return { command: program, first: [], mark: '' };
  } catch {
    console.log('No C compiler: the load client is Node, and every figure is marked with *.');
    return { command: process.execPath, first: [join(import.meta.dirname, 'load-client.mjs')], mark: '*' };
  }
}

/** Runs the client against a server; answers its figures with the server's CPU seconds. */
async function load(client, server, args) {
  const before = cpuSeconds(server.pids());
  const child = spawn(client.command, [...client.first, args[0], String(server.port), ...args.slice(1).map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The load client ended with ${code}.`);
  const figures = JSON.parse(text);
  return { ...figures, cpu: cpuSeconds(server.pids()) - before, rssMb: residentMb(server.pids()) };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
const gigabytes = (bytes) => bytes / 1e9;
const fixed = (value, digits = 2) => (Number.isFinite(value) ? value.toFixed(digits) : '-');

/** Interleaved rounds of one measurement over all servers; answers runs by server name. */
async function interleaved(client, servers, argsOf) {
  const runs = Object.fromEntries(servers.map(({ name }) => [name, []]));
  // Once without counting, so that caches are warm and code is compiled.
  for (const server of servers) await load(client, server, argsOf(server, 2));
  for (let round = 0; round < rounds; round += 1) {
    for (const server of servers) runs[server.name].push(await load(client, server, argsOf(server, runSeconds)));
  }
  return runs;
}

const verdicts = [];
/** Notes a goal; `value` is a ratio of ours to nginx. */
function judge(what, value, limit, atMost) {
  const isMet = Number.isFinite(value) ? (atMost ? value <= limit : value >= limit) : undefined;
  const said = isMet === undefined ? 'not measured' : isMet ? 'met' : 'NOT MET';
  verdicts.push(`${said.padEnd(12)} ${what}: ${fixed(value)} (goal ${atMost ? '<=' : '>='} ${limit})`);
}

async function benchSegments(client, servers, films) {
  for (const size of [1, 4, 8]) {
    const film = films.find((each) => each.size === size);
    const paths = (server) => Array.from({ length: film.segments }, (_, n) => server.segment(film, n));
    const runs = await interleaved(client, servers, (server, seconds) => ['closed', 32, seconds, ...paths(server)]);
    const perGb = (run) => run.cpu / gigabytes(run.bytes);
    console.log(`\nhot segments of ${size} MB, 32 connections${client.mark}`);
    for (const { name } of servers) {
      const gbps = median(runs[name].map((run) => gigabytes(run.bytes) / run.seconds));
      const cpu = median(runs[name].map(perGb));
      const errors = runs[name].reduce((sum, run) => sum + run.errors, 0);
      console.log(
        `  ${name.padEnd(15)} ${fixed(cpu, 3)} CPU-s per GB   ${fixed(gbps)} GB/s   p99 ${fixed(median(runs[name].map((run) => run.p99Ms)), 0)} ms   ${fixed(runs[name].at(-1).rssMb, 0)} MB${errors > 0 ? `   ${errors} ERRORS` : ''}`,
      );
    }
    const ratio = ratioOf(runs, perGb);
    judge(`CPU per GB, ${size} MB segments, ours : nginx`, ratio, size === 1 ? 1 : 0.9, true);
  }
}

/** Median of the ratios round by round: both sides of each were measured side by side. */
function ratioOf(runs, valueOf) {
  const { ours, nginx } = runs;
  if (nginx === undefined || [...ours, ...nginx].some((run) => run.errors > 0)) return NaN;
  return median(ours.map((run, round) => valueOf(run) / valueOf(nginx[round])));
}

async function benchList(client, servers) {
  const runs = await interleaved(client, servers, (server, seconds) => ['closed', 64, seconds, server.list]);
  const rate = (run) => run.answers / run.seconds;
  console.log(`\nlive playlist, 64 connections${client.mark}`);
  for (const { name } of servers) {
    const cpu = median(runs[name].map((run) => (run.cpu / run.answers) * 1e6));
    const errors = runs[name].reduce((sum, run) => sum + run.errors, 0);
    console.log(
      `  ${name.padEnd(15)} ${fixed(median(runs[name].map(rate)), 0)} req/s   ${fixed(cpu, 1)} us CPU per request${errors > 0 ? `   ${errors} ERRORS` : ''}`,
    );
  }
  judge('live playlist req/s, ours : nginx with the same bytes as a file', ratioOf(runs, rate), 0.5, false);
  const cpuRate = ratioOf(runs, (run) => run.answers / run.cpu);
  verdicts.push(`             live playlist requests per CPU-s, ours : nginx: ${fixed(cpuRate)}`);
}

async function benchStations(client, servers, films) {
  for (const { count, size } of stations) {
    const film = films.find((each) => each.size === size);
    console.log(
      `\n${count} stations, each 4 s: live playlist, then a segment of ${size} MB; ${pollSeconds} s${client.mark}`,
    );
    for (const server of servers) {
      const paths = Array.from({ length: film.segments }, (_, n) => server.segment(film, n));
      const run = await load(client, server, ['poll', count, pollSeconds, 4000, server.list, ...paths]);
      const errors = run.errors > 0 ? `   ${run.errors} ERRORS` : '';
      console.log(
        `  ${server.name.padEnd(15)} ${run.cycles} cycles, ${run.late} late, ${run.missed} missed   list p50/p99 ${fixed(run.listP50Ms, 1)}/${fixed(run.listP99Ms, 0)} ms   cycle p99/max ${fixed(run.p99Ms, 0)}/${fixed(run.maxMs, 0)} ms   CPU ${fixed((run.cpu / run.seconds) * 100, 0)} % of a core   ${fixed(run.rssMb, 0)} MB${errors}`,
      );
      if (server.name === 'ours' && count === 5000)
        judge('late or missed cycles of 5000 stations', run.late + run.missed, 0, true);
    }
  }
}

async function main() {
  const films = await makeFilms();
  const client = makeClient();
  const product = await startProduct(folder);
  running.push(product);
  const list = await fetch(`http://127.0.0.1:${product.port}${product.list}`, {
    headers: { 'accept-encoding': 'identity' },
  });
  if (list.status !== 200) throw new Error(`The live list answered ${list.status}: ${await list.text()}`);
  writeFileSync(join(folder, 'media/list.m3u8'), await list.text());
  const nginx = await startNginx(folder);
  if (nginx === undefined) console.log('nginx is not installed: ratios to it are skipped.');
  else running.push(nginx);
  const express = await startStatic(folder);
  running.push(express);
  const servers = [product, ...(nginx === undefined ? [] : [nginx]), express];
  await benchSegments(client, servers, films);
  await benchList(client, servers);
  await benchStations(client, servers, films);
  console.log(`\n${verdicts.join('\n')}`);
  if (verdicts.some((verdict) => verdict.startsWith('NOT MET'))) process.exitCode = 1;
}

try {
  await main();
} finally {
  for (const server of running.reverse()) await server.stop();
}
