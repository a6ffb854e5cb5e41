// What the technical check costs: CPU seconds of one chunk and of the sound, with and without its filters, in turns.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from '../origin/built.mjs';

const { chunkCommand } = await built('transcoder/ffmpeg/chunk-arguments.js');
const { audioCommand, loudnessCommand } = await built('transcoder/ffmpeg/audio-arguments.js');
const { commandLine } = await built('transcoder/ffmpeg/command-line.js');
const checks = await built('transcoder/ffmpeg/check-arguments.js');
const { encodeOptionsSchema, planEncode } = await built('media/film/encode-plan.js');
const { readProbe } = await built('media/film/probe-facts.js');

const rounds = Number(process.env.ROUNDS ?? 3);
const seconds = 24;
const folder = mkdtempSync(join(tmpdir(), 'yuanbo-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

function run(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}\n${stderr}`);
  return { stdout, stderr };
}

/** A moving picture with grain, as a camera makes it. */
function makeSource() {
  const picture = `mandelbrot=s=1920x1080:r=25,noise=alls=8:allf=t,trim=end=${seconds}`;
  const sound = `anoisesrc=r=48000:c=pink:a=0.3:d=${seconds}`;
  run('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-g', '50', '-c:a', 'aac', '-ac', '2', 'source.mp4'],
  ]);
  return join(folder, 'source.mp4');
}

function planOf(file) {
  const json = run('ffprobe', ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', file]).stdout;
  const extent = { packets: 1, start: 0, end: seconds, longestGap: 0, backSeconds: 0, skippedSeconds: 0 };
  const packets = { video: extent, audio: extent, keys: [0] };
  const source = {
    sha256: 'a'.repeat(64),
    bytes: 1,
    demuxer: 'mov',
    facts: readProbe(JSON.parse(json)),
    packets,
    errorLines: 0,
    complexity: 'busy',
    chapters: [],
  };
  return planEncode('0'.repeat(26), source, encodeOptionsSchema.parse({ language: 'zh-CN' }));
}

/** The same command without what the check added to it. */
function unchecked(command) {
  let { filter } = command;
  for (const filters of [checks.pictureCheck, checks.contentCheck, checks.silenceCheck]) {
    filter = filter.replace(`,${filters.join(',')}`, '').replace(`${filters.join(',')},`, '');
  }
  filter = filter.replace(checks.loudnessCheck.join(','), 'ebur128=framelog=verbose');
  const [, first, main] = /^(\[0:\d+\])asplit=3\[a\]\[b\]\[c\];\[a\](.*);\[b\].*$/.exec(filter) ?? [];
  return { ...command, filter: main === undefined ? filter : first + main };
}

function cpuSeconds(command) {
  const { stderr } = run('ffmpeg', ['-benchmark', ...commandLine({ ...command, logLevel: 'info' })]);
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr);
  return Number(user) + Number(system);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const file = makeSource();
const plan = planOf(file);
const [track] = plan.audio;
const commands = {
  'pictures of a chunk': chunkCommand(plan, { firstCell: 0, cells: seconds / 4, seekSeconds: 0 }, file),
  'loudness pass': loudnessCommand({ plan, track, file }),
  'sound pass': audioCommand({ plan, track, file }, 1),
};
const sum = { with: 0, without: 0 };
for (const [name, command] of Object.entries(commands)) {
  const took = { with: [], without: [] };
  for (let round = 0; round < rounds; round += 1) {
    took.without.push(cpuSeconds(unchecked(command)));
    took.with.push(cpuSeconds(command));
  }
  const [without, withCheck] = [median(took.without), median(took.with)];
  sum.with += withCheck;
  sum.without += without;
  console.log(
    `${name.padEnd(20)} ${without.toFixed(2)} -> ${withCheck.toFixed(2)} CPU-s, ratio ${(withCheck / without).toFixed(3)}`,
  );
}
console.log(
  `technical check: ${(sum.with / sum.without).toFixed(3)} of the encode without it, ${(((sum.with - sum.without) * 1000) / seconds).toFixed(1)} CPU-ms per film-second`,
);
