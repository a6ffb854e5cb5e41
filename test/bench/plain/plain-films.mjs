import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from '../origin/built.mjs';

/**
 * Lectures and slides: bytes and CPU of the settings for plain films against those for busy ones, at equal SSIM, rung by rung.
 * Two encodes of the busy kind give the line on which the bytes at the plain one's SSIM are read.
 */
const { planEncode, encodeOptionsSchema } = await built('media/film/encode-plan.js');
const { chunkCommand, rungFile } = await built('transcoder/ffmpeg/chunk-arguments.js');
const { commandLine } = await built('transcoder/ffmpeg/command-line.js');

const seconds = 12;
const folder = mkdtempSync(join(tmpdir(), 'bench-plain-'));

function ffmpeg(args) {
  const run = spawnSync('ffmpeg', ['-hide_banner', '-nostdin', '-y', ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
  });
  if (run.status !== 0) throw new Error(`ffmpeg ${args.join(' ')}\n${run.stderr.slice(-2000)}`);
  return run.stderr;
}

const font = spawnSync('fc-match', ['-f', '%{file}', 'Noto Sans CJK SC'], { encoding: 'utf8' }).stdout;
const lines = [0, 1, 2].flatMap((slide) =>
  Array.from({ length: 8 }, (_none, line) => {
    const text = `${String(slide + 1)}.${String(line + 1)} 春耕生产要点 选种 育秧 施肥 病虫害防治 NPK ${String(37 * (slide + 1) * (line + 1))}`;
    const when = `gte(t\\,${String(slide * 4)})*lt(t\\,${String(slide * 4 + 4)})`;
    return `drawtext=fontfile=${font}:fontcolor=white:fontsize=48:x=120:y=${String(90 + line * 110)}:enable='${when}':text='${text}'`;
  }),
);
const camera = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'];
ffmpeg([
  ...['-f', 'lavfi', '-i', `color=c=0x7a1f1f:s=1920x1080:r=25:d=${String(seconds)}`],
  ...['-filter_complex', `[0]${lines.join(',')},noise=c0s=2:c0f=t[v]`, '-map', '[v]', ...camera, 'slides.mp4'],
]);
ffmpeg([
  ...['-i', 'slides.mp4', '-f', 'lavfi', '-i', 'mandelbrot=s=480x270:rate=25:maxiter=300'],
  ...['-filter_complex', '[1]noise=c0s=6:c0f=t[face];[0:v][face]overlay=1400:760:shortest=1[v]', '-map', '[v]'],
  ...['-t', String(seconds), ...camera, 'lecture.mp4'],
]);

const extent = { packets: 1, start: 0, end: seconds, longestGap: 0, backSeconds: 0, skippedSeconds: 0 };
const video = {
  ...{ stream: 0, codec: 'h264', codedWidth: 1920, codedHeight: 1080, width: 1920, height: 1080, frameRate: 25 },
  ...{ pixelFormat: 'yuv420p', interlaced: false, reordered: true, rotated: false, highDynamicRange: false },
  ...{ colourSpace: 'bt709', encrypted: false },
};
const source = {
  ...{ sha256: '0'.repeat(64), bytes: 1, demuxer: 'mov', errorLines: 0, chapters: [] },
  packets: { video: extent, audio: extent, keys: [0] },
  facts: { container: 'mov', streams: 1, video, audio: [], subtitles: [] },
};

/** Encodes the ladder; answers CPU seconds, and bytes and SSIM by rung. */
function encode(film, complexity, crf) {
  const plan = planEncode('0'.repeat(26), { ...source, complexity }, encodeOptionsSchema.parse({ language: 'zh-CN' }));
  const command = chunkCommand(plan, { firstCell: 0, cells: seconds / 4, seekSeconds: 0 }, join(folder, film));
  const args = [...commandLine(command)];
  if (crf !== undefined) for (const [at, arg] of args.entries()) if (args[at - 1] === '-crf' && arg) args[at] = crf;
  const log = ffmpeg(['-benchmark', ...args.map((arg) => (arg === 'error' ? 'info' : arg))]);
  const [, user = 0, system = 0] = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(log) ?? [];
  const rungs = plan.rungs.map(({ name, width, height }) => {
    const scale = `[0:v]scale=${String(width)}:${String(height)}:flags=lanczos[a];[a][1:v]ssim`;
    const said = ffmpeg(['-i', film, '-i', rungFile(name), '-filter_complex', scale, '-f', 'null', '-']);
    return { name, bytes: statSync(join(folder, rungFile(name))).size, ssim: Number(/All:([\d.]+)/.exec(said)?.[1]) };
  });
  return { cpu: Number(user) + Number(system), rungs };
}

try {
  for (const [film, complexity] of [
    ['slides.mp4', 'still'],
    ['lecture.mp4', 'plain'],
  ]) {
    const [busy, coarse, plain] = [encode(film, 'busy'), encode(film, 'busy', '28'), encode(film, complexity)];
    const ratios = plain.rungs.map(({ name, bytes, ssim }, at) => {
      const [fine, rough] = [busy.rungs[at], coarse.rungs[at]];
      const slope = Math.log(fine.bytes / rough.bytes) / (fine.ssim - rough.ssim);
      const equal = fine.bytes * Math.exp((ssim - fine.ssim) * slope);
      console.log(
        `${film} ${name}: SSIM ${ssim.toFixed(5)} (busy ${fine.ssim.toFixed(5)}), bytes ${(bytes / fine.bytes).toFixed(2)} of the busy settings' own, ${(bytes / equal).toFixed(2)} at equal SSIM`,
      );
      return { bytes, equal };
    });
    const sum = (key) => ratios.reduce((total, rung) => total + rung[key], 0);
    console.log(
      `${film} all rungs: bytes ${(sum('bytes') / sum('equal')).toFixed(2)} at equal SSIM, CPU ${(plain.cpu / busy.cpu).toFixed(2)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
