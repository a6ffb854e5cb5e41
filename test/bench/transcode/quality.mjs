import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { ask } from './processes.mjs';

/** Bytes of the pictures alone. */
export async function pictureBytes(file) {
  const asked = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=size', '-of', 'csv=p=0', file];
  const { out } = await ask('ffprobe', asked);
  return out.split('\n').reduce((sum, line) => sum + (Number.parseInt(line, 10) || 0), 0);
}

const steady = 'settb=1/25,setpts=N';

/** SSIM and PSNR of a rung beside its source, both in the source's size: what a viewer with a full screen sees. */
export async function likeness(file, source, plan) {
  const { width, height } = plan.facts.video;
  const graph = [
    `[0:v]scale=${width}:${height}:flags=bicubic,format=yuv420p,${steady},split=2[a][b]`,
    `[1:v]format=yuv420p,${steady},split=2[c][d]`,
    '[a][c]ssim[x];[b][d]psnr[y]',
  ].join(';');
  const outputs = ['-map', '[x]', '-f', 'null', '-', '-map', '[y]', '-f', 'null', '-'];
  const { said } = await ask('ffmpeg', [
    '-hide_banner',
    '-nostdin',
    '-i',
    file,
    '-i',
    source,
    '-filter_complex',
    graph,
    ...outputs,
  ]);
  return {
    ssim: Number(/SSIM .*All:([\d.]+)/.exec(said)?.[1]),
    psnr: Number(/PSNR .*average:([\d.]+)/.exec(said)?.[1]),
  };
}

export const hasVmaf = spawnSync('vmaf', ['--version'], { stdio: 'ignore' }).status === 0;

/** VMAF by the program of that name, which reads raw pictures; undefined where it is not installed. */
export async function vmaf(file, source, plan, folder) {
  if (!hasVmaf) return undefined;
  const { width, height } = plan.facts.video;
  const [distorted, reference] = [join(folder, 'distorted.y4m'), join(folder, 'reference.y4m')];
  const raw = (from, to) =>
    ask('ffmpeg', [
      ...['-v', 'error', '-y', '-i', from, '-map', '0:v', '-fps_mode', 'passthrough'],
      ...['-vf', `scale=${width}:${height}:flags=bicubic,format=yuv420p`, to],
    ]);
  await raw(file, distorted);
  await raw(source, reference);
  const log = join(folder, 'vmaf.json');
  await ask('vmaf', ['-r', reference, '-d', distorted, '--json', '-o', log]);
  const { pooled_metrics: pooled } = JSON.parse((await ask('cat', [log])).out);
  for (const each of [distorted, reference, log]) rmSync(each, { force: true });
  return pooled.vmaf.mean;
}
