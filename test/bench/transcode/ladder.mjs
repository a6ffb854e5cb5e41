import { join } from 'node:path';
import { clip } from './films.mjs';
import { emptied, files, limit, oneProcess, ours, peer, planOf } from './ladders.mjs';
import { median, work } from './processes.mjs';
import { hasVmaf, likeness, pictureBytes, vmaf } from './quality.mjs';
import { judge, judgeAtLeast } from './verdicts.mjs';

const roundsOf = (usual) => Number(process.env.ROUNDS ?? usual);

/** Every way in turn, round after round; answers runs by way. */
async function interleaved(ways, folder, rounds) {
  const runs = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, commands] of Object.entries(ways))
      runs[name].push(await work(commands, emptied(join(folder, name.replace(' ', '-')))));
  return runs;
}

const inMiddle = (runs, key) => median(runs.map((run) => run[key]));
/** Median of the ratios round by round: both sides of each were measured side by side. */
const ratio = (runs, base, key) => median(runs.map((run, round) => run[key] / base[round][key]));

function printRuns(runs, seconds) {
  for (const [name, each] of Object.entries(runs)) {
    const perSecond = (inMiddle(each, 'cpu') / seconds).toFixed(2);
    const wall = inMiddle(each, 'wall').toFixed(1);
    const memory = inMiddle(each, 'peakMb').toFixed(0);
    const toPeer = ratio(each, runs.peer, 'cpu').toFixed(3);
    console.log(
      `  ${name.padEnd(12)} ${perSecond} CPU-s per film-second, ${toPeer} of the peer's; wall ${wall} s; peak ${memory} MB`,
    );
  }
}

async function printRungs(plan, source, folder) {
  const worst = { ssim: Infinity, bytes: 0, peerBytes: 0 };
  for (const rung of plan.rungs) {
    const seen = {};
    for (const [name, fileOf] of Object.entries(files)) {
      const file = join(folder, name.replace(' ', '-'), fileOf(rung));
      const bytes = await pictureBytes(file);
      const { ssim, psnr } = await likeness(file, source, plan);
      const points = hasVmaf ? `, VMAF ${(await vmaf(file, source, plan, folder)).toFixed(1)}` : '';
      console.log(
        `  ${rung.name.padEnd(6)} ${name.padEnd(12)} ${(bytes / 1e6).toFixed(3)} MB, SSIM ${ssim.toFixed(4)}, PSNR ${psnr.toFixed(2)}${points}`,
      );
      seen[name] = { bytes, ssim };
    }
    worst.ssim = Math.min(worst.ssim, seen.ours.ssim - seen.peer.ssim);
    worst.bytes += seen.ours.bytes;
    worst.peerBytes += seen.peer.bytes;
  }
  return { ssim: worst.ssim, bytes: worst.bytes / worst.peerBytes };
}

/** The 4-rung ladder of 1080 lines: ours, the peer's graph, one process, and the limit. */
export async function measureLadder(folder) {
  const seconds = Number(process.env.SECONDS_1080 ?? 8);
  const source = await clip(folder, 1080, seconds);
  const whole = await planOf(source, folder);
  const plan = { ...whole, rungs: whole.rungs.filter(({ name }) => name !== '216p') };
  const bare = await limit(plan, source);
  const ways = {
    peer: peer(plan, source),
    'one process': oneProcess(plan, source),
    ours: ours(plan, source),
    limit: bare.commands,
  };
  const rounds = roundsOf(3);
  const runs = await interleaved(ways, folder, rounds);
  bare.remove();
  console.log(
    `\nladder of ${plan.rungs.map(({ name }) => name).join(', ')}, ${rounds} rounds of ${seconds} s (${plan.complexity})`,
  );
  printRuns(runs, seconds);
  const rungs = await printRungs(plan, source, folder);
  judge('4-rung ladder, CPU of ours : the peer', ratio(runs.ours, runs.peer, 'cpu'), 0.36);
  judge('4-rung ladder, wall of ours : the peer', ratio(runs.ours, runs.peer, 'wall'), 0.33);
  judgeAtLeast('4-rung ladder, SSIM of the worst rung beside the peer', rungs.ssim, -0.001);
  judge('4-rung ladder, bytes of the pictures : the peer', rungs.bytes, 1.06);
}

/** The ladder of 2160 lines: above all its memory. */
export async function measureMemory(folder) {
  const seconds = Number(process.env.SECONDS_2160 ?? 4);
  const source = await clip(folder, 2160, seconds);
  const whole = await planOf(source, folder);
  const plan = { ...whole, rungs: whole.rungs.filter(({ name }) => name !== '216p') };
  const rounds = roundsOf(2);
  const runs = await interleaved({ peer: peer(plan, source), ours: ours(plan, source) }, folder, rounds);
  console.log(`\nladder of ${plan.rungs.map(({ name }) => name).join(', ')}, ${rounds} rounds of ${seconds} s`);
  printRuns(runs, seconds);
  judge('2160p ladder, peak memory of ours : the peer', ratio(runs.ours, runs.peer, 'peakMb'), 0.75);
  judge('2160p ladder, CPU of ours : the peer', ratio(runs.ours, runs.peer, 'cpu'), 0.46);
}
