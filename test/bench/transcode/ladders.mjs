import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from '../origin/built.mjs';
import { ask } from './processes.mjs';

const { planEncode, encodeOptionsSchema } = await built('media/film/encode-plan.js');
const { chunkCommand } = await built('transcoder/ffmpeg/chunk-arguments.js');
const { audioCommand, loudnessCommand } = await built('transcoder/ffmpeg/audio-arguments.js');
const { audioQualities } = await built('media/film/ladder.js');
const { commandLine } = await built('transcoder/ffmpeg/command-line.js');
const { detectSandbox } = await built('transcoder/ffmpeg/sandbox.js');
const { probeHeaders, probePackets } = await built('transcoder/ffmpeg/probe-source.js');
const { probeComplexity } = await built('transcoder/probe-complexity.js');

/** What the product would do with a clip. */
export async function planOf(file, folder) {
  const run = { sandbox: detectSandbox(), folder, signal: new globalThis.AbortController().signal };
  const source = { file, demuxer: 'mov' };
  const facts = await probeHeaders(source, run);
  const looked = await probePackets(source, facts, run);
  const complexity = await probeComplexity(source, facts.video.stream, looked.packets, run);
  const known = {
    sha256: '0'.repeat(64),
    bytes: statSync(file).size,
    demuxer: 'mov',
    facts,
    complexity,
    chapters: [],
    ...looked,
  };
  const plan = planEncode('0'.repeat(26), known, encodeOptionsSchema.parse({ language: 'zh-CN' }));
  // Sound that stands over by a frame would begin one more cell, and hold the last picture through it.
  return { ...plan, segments: Math.max(1, Math.round(plan.durationMs / 4000)) };
}

/** Peak rates of PeerTube by height, in kbit/s. */
const peerRates = { 2160: 16_589, 1440: 8_600, 1080: 5_184, 720: 2_534, 480: 1_230, 360: 864 };
const quiet = ['-hide_banner', '-nostdin', '-y', '-v', 'error'];
const rungFile = (name) => `${name}.mp4`;
const peerFile = ({ name }) => rungFile(`peer-${name}`);
const oneFile = ({ name }) => rungFile(`one-${name}`);

const peerVideo = ({ height }, rate) => {
  const peak = peerRates[height];
  const gop = String(Math.round(rate * 2));
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-maxrate', `${peak}k`, '-bufsize', `${peak * 2}k`],
    ...['-pix_fmt', 'yuv420p', '-r', String(rate), '-g', gop, '-keyint_min', gop],
  ];
};

/** PeerTube: a process for each resolution, each decoding the whole film, with the presets of its shipped profile. */
export const peer = (plan, file) =>
  plan.rungs.map((rung) => [
    ...['ffmpeg', ...quiet, '-i', file, '-map', '0:v:0', '-map', '0:a:0?', '-vf', `scale=w=-2:h=${rung.height}`],
    ...[...peerVideo(rung, plan.frameRate), '-b_strategy', '1', '-bf', '16', '-map_metadata', '-1'],
    ...['-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-f', 'hls', '-hls_time', '4', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file', '-hls_segment_filename', peerFile(rung)],
    rungFile(`peer-${rung.name}`).replace('.mp4', '.m3u8'),
  ]);

/** One process, one decode, every rung scaled from the source, veryfast. */
export function oneProcess(plan, file) {
  const { rungs } = plan;
  const scaled = rungs.map(({ height }, at) => `[s${at}]scale=w=-2:h=${height}[v${at}]`);
  const graph = [`[0:v]split=${rungs.length}${rungs.map((_rung, at) => `[s${at}]`).join('')}`, ...scaled].join(';');
  const outputs = rungs.flatMap((rung, at) => [
    ...['-map', `[v${at}]`, ...peerVideo(rung, plan.frameRate), '-sc_threshold', '0', oneFile(rung)],
  ]);
  const sound = ['-map', '0:a:0?', '-c:a', 'aac', '-b:a', '128k', '-ac', '2', 'one-sound.m4a'];
  return [['ffmpeg', ...quiet, '-i', file, '-filter_complex', graph, ...outputs, ...sound]];
}

const wholeFilm = (plan) => ({ firstCell: 0, cells: plan.segments, seekSeconds: plan.chunks[0].seekSeconds });

/** Ours: the product's own arguments, pictures and both passes over the sound. */
export function ours(plan, file) {
  const [track] = plan.audio;
  const commands = [
    loudnessCommand({ plan, track, file }),
    audioCommand({ plan, track, file }, 1),
    chunkCommand(plan, wholeFilm(plan), file),
  ];
  return commands.map((command) => ['ffmpeg', '-y', ...commandLine(command)]);
}

/** A folder for raw pictures: memory where there is enough of it. */
function rawFolder(bytes) {
  const memory = '/dev/shm';
  const room = existsSync(memory) ? statfsSync(memory) : { bavail: 0, bsize: 0 };
  return mkdtempSync(join(room.bavail * room.bsize > bytes * 2 ? memory : tmpdir(), 'yuanbo-raw-'));
}

const cascade = ({ rungs }) => {
  const [top, ...lower] = rungs;
  const steps = lower.map(
    ({ width, height }, at) => `[c${at}]scale=${width}:${height}:flags=lanczos,split=2[c${at + 1}][v${at + 1}]`,
  );
  const first = `[0:v]scale=${top.width}:${top.height}:flags=lanczos,format=yuv420p,split=2[c0][v0]`;
  return [first, ...steps, `[c${lower.length}]nullsink`].join(';');
};

/**
 * The limit: the clip decoded once with the cascade of scalers, and the product's own encoders fed with raw pictures and
 * samples. Nothing that plumbing could save is in it.
 */
export async function limit(plan, file) {
  const pixels = plan.rungs.reduce((sum, { width, height }) => sum + width * height, 0);
  const folder = rawFolder(pixels * 1.5 * plan.segments * 4 * plan.frameRate);
  const raw = ({ name }) => join(folder, `${name}.yuv`);
  const begin = ['ffmpeg', ...quiet, '-i', file, '-filter_complex', cascade(plan)];
  const end = ['-fps_mode', 'passthrough'];
  const outputs = plan.rungs.flatMap((rung, at) => ['-map', `[v${at}]`, ...end, '-f', 'rawvideo', raw(rung)]);
  await ask(begin[0], [...begin.slice(1), ...outputs], folder);
  const decode = [...begin, ...plan.rungs.flatMap((_rung, at) => ['-map', `[v${at}]`, ...end, '-f', 'null', '-'])];
  const encoders = chunkCommand(plan, wholeFilm(plan), file).outputs.slice(0, plan.rungs.length);
  const encodes = plan.rungs.map((rung, at) => [
    ...['ffmpeg', ...quiet, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${rung.width}x${rung.height}`],
    ...['-framerate', String(rung.frameRate), '-i', raw(rung)],
    // The first two are the label that the encoder reads in the product's graph.
    ...['-map', '0:v', ...encoders[at].options.slice(2), join(folder, `${rung.name}.mp4`)],
  ]);
  const sound = ['-f', 'f32le', '-ar', '48000', '-ac', '2'];
  const samples = join(folder, 'sound.f32');
  await ask('ffmpeg', [...quiet, '-i', file, '-map', '0:a:0', ...sound, samples]);
  const voices = Object.values(audioQualities).flatMap((rate) => [
    ...['-map', '0:a', '-c:a', 'aac', '-b:a', String(rate), join(folder, `${rate}.aac`)],
  ]);
  encodes.push(['ffmpeg', ...quiet, ...sound, '-i', samples, ...voices]);
  return { commands: [decode, ...encodes], remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const files = {
  ours: ({ name }) => rungFile(name),
  peer: peerFile,
  'one process': oneFile,
};

/** A folder for one way's results. */
export function emptied(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
