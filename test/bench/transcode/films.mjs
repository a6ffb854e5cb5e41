import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './processes.mjs';

const quiet = ['-hide_banner', '-nostdin', '-y', '-v', 'error'];

/**
 * Pictures with motion, detail, grain and a cut: half of the clip a zoom into a fractal under moving figures, half a hand-held
 * camera that travels over a landscape. Stereo sound that is louder and softer.
 */
async function make(file, lines, seconds) {
  const [width, height] = [Math.ceil((lines * 8) / 9) * 2, lines];
  const size = (factor) => `${width * factor}:${height * factor}`;
  const half = `trim=end=${seconds / 2},setpts=PTS-STARTPTS`;
  // Up to 1080 lines the landscape has twice the picture's size, so that the camera moves by half pixels.
  const finer = lines > 1080 ? 1 : 2;
  const hand = (start, speed, sway, tremble) =>
    `${(height / 2160) * finer}*(${start}+${speed}*n+${sway}*sin(n/3.1)+${tremble}*sin(n*1.7))`;
  const camera = `crop=${size(finer)}:x='${hand(300, 9, 14, 6)}':y='${hand(200, 3, 10, 5)}',scale=${size(1)}:flags=area`;
  const graph = [
    `[0]scale=${size(1)}:flags=bicubic,format=yuv420p[zoomed]`,
    `[1]format=yuv420p[figures];[zoomed][figures]blend=all_mode=average,${half}[zoom]`,
    `[2]scale=${size(finer * 1.5)}:flags=bicubic,format=yuv420p,gblur=${finer * 1.2},loop=-1:1,setpts=N/25/TB,${camera},${half}[travel]`,
    '[zoom][travel]concat=n=2,noise=c0s=4:c0f=t[v]',
    '[3]tremolo=f=0.3:d=0.8[a]',
  ];
  const landscape = 'mandelbrot=s=1920x1080:rate=25:start_scale=0.02:start_x=-0.7435:start_y=0.1314';
  await ask('ffmpeg', [
    ...[...quiet, '-f', 'lavfi', '-i', 'mandelbrot=s=960x540:rate=25:maxiter=300'],
    ...['-f', 'lavfi', '-i', `testsrc2=s=${size(1).replace(':', 'x')}:r=25`],
    ...['-f', 'lavfi', '-i', `${landscape},trim=end_frame=1`],
    ...['-f', 'lavfi', '-i', 'anoisesrc=r=48000:c=pink:a=0.4,aformat=channel_layouts=stereo'],
    ...['-filter_complex', graph.join(';'), '-map', '[v]', '-map', '[a]', '-t', String(seconds)],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-g', '50', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-b:a', '160k', file],
  ]);
}

async function linesOf(file) {
  const asked = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=height', '-of', 'csv=p=0', file];
  return Number.parseInt((await ask('ffprobe', asked).catch(() => ({ out: '' }))).out, 10);
}

/** The beginning of a film of so many lines in the folder BENCH_FILMS, by copy; undefined where there is none. */
async function taken(file, lines, seconds) {
  const folder = process.env.BENCH_FILMS;
  if (folder === undefined) return undefined;
  for (const name of readdirSync(folder).toSorted()) {
    if ((await linesOf(join(folder, name))) !== lines) continue;
    await ask('ffmpeg', [...quiet, '-i', join(folder, name), '-t', String(seconds), '-c', 'copy', file]);
    return name;
  }
  return undefined;
}

/** A clip of whole cells of 4 s: from BENCH_FILMS where that has one, else made. */
export async function clip(folder, lines, seconds) {
  const file = join(folder, `clip-${lines}-${seconds}.mp4`);
  if (existsSync(file)) return file;
  const name = await taken(file, lines, seconds);
  if (name === undefined) await make(file, lines, seconds);
  console.log(`source of ${lines} lines, ${seconds} s: ${name ?? 'made'}`);
  return file;
}

/** A clip again and again, by copy. */
export async function loop(from, times, file) {
  if (!existsSync(file))
    await ask('ffmpeg', [...quiet, '-stream_loop', String(times - 1), '-i', from, '-map', '0', '-c', 'copy', file]);
  return file;
}

/** A clip at the rate of an ordinary upload that players understand as it is: H.264 and AAC. */
export async function ordinary(from, file) {
  const video = [
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-b:v',
    '8M',
    '-maxrate',
    '8M',
    '-bufsize',
    '16M',
    '-g',
    '50',
  ];
  if (!existsSync(file)) await ask('ffmpeg', [...quiet, '-i', from, ...video, '-c:a', 'copy', file]);
  return file;
}

/** A clip whose pictures must be encoded before anybody can watch them: MPEG-2 and MP2 in a transport stream. */
export async function foreign(from, file) {
  const video = ['-c:v', 'mpeg2video', '-b:v', '12M', '-maxrate', '12M', '-bufsize', '8M', '-g', '12'];
  const sound = ['-c:a', 'mp2', '-b:a', '192k', '-f', 'mpegts'];
  if (!existsSync(file)) await ask('ffmpeg', [...quiet, '-i', from, ...video, ...sound, file]);
  return file;
}
