import { cellMs } from '../../media/film/chunks.ts';
import { encoderFor, type Complexity } from '../../media/film/complexity.ts';
import type { EncodePlan, PlannedChunk, PlannedRung } from '../../media/film/encode-plan.ts';
import { hevcRung, houseLadder, type HouseRung } from '../../media/film/ladder.ts';
import type { VideoFacts } from '../../media/film/probe-facts.ts';
import { contentCheck, pictureCheck } from './check-arguments.ts';
import type { FfmpegCommand, FfmpegOutput } from './command-line.ts';
import { guardOptions, inputName } from './source-guard.ts';

/** Where the pictures of one rung, and the thumbnails, are left in the job's folder. */
export const rungFile = (name: string): string => `${name}.mp4`;
export const thumbnailFile = 'thumbnails.mjpeg';

/** Nothing of the source's metadata, and nothing of this machine's build, goes into an output. */
const anonymous = ['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-flags', '+bitexact'];

const houseRung = (name: string): HouseRung => {
  const rung = houseLadder.find((candidate) => candidate.name === name);
  if (rung === undefined) throw new Error(`There is no rung ${name} in the house ladder.`);
  return rung;
};

const tv709 = 'out_color_matrix=bt709:out_range=tv';

/** The matrix that a source without a tag most probably has: BT.601 for standard definition, else BT.709. */
function sourceMatrix(video: VideoFacts): string {
  if (video.colourSpace.startsWith('bt2020')) return 'bt2020';
  if (['smpte170m', 'bt470bg', 'fcc'].includes(video.colourSpace)) return 'bt601';
  if (video.colourSpace === 'bt709') return 'bt709';
  return video.codedHeight >= 720 ? 'bt709' : 'bt601';
}

/** PQ or HLG to BT.709, after scaling because it is the dearest step. */
const toneMap = [
  'zscale=t=linear:npl=100',
  'format=gbrpf32le',
  'zscale=p=bt709',
  'tonemap=tonemap=hable:desat=0',
  'zscale=t=bt709:m=bt709:r=tv',
];

/** yadif reads every picture in the size of the first one, so a change of size must be over before it. */
const deinterlace = ({ codedWidth, codedHeight }: VideoFacts): readonly string[] => [
  `scale=${String(codedWidth)}:${String(codedHeight)}:interl=1`,
  'yadif=mode=send_frame:deint=all',
];

/** Pictures of the chunk on the film's frame grid: the same frames as one pass over the whole film would give, bit for bit. */
function gridFilters(plan: EncodePlan, chunk: PlannedChunk, video: VideoFacts): string[] {
  const { frameRate } = plan;
  const firstFrame = (chunk.firstCell * cellMs * frameRate) / 1000;
  const frames = (chunk.cells * cellMs * frameRate) / 1000;
  // A chunk wholly after the last picture still needs that picture: start the grid where decoding starts.
  const decodedFrom = Math.max(0, Math.ceil((chunk.seekSeconds - plan.originSeconds) * frameRate));
  const isBeyond = firstFrame >= ((plan.pictureEndMs - 1000) * frameRate) / 1000;
  const start = isBeyond ? Math.min(decodedFrom, firstFrame) : firstFrame;
  const skipped = firstFrame - start;
  return [
    // Ticks in which every frame of 24, 25, 30, 60 and their 1000/1001 kin is whole, and so is every cell: AVI counts in frames,
    // and `fps` would round its start time to one.
    'settb=1/1440000',
    `setpts=PTS-${plan.originSeconds.toFixed(6)}/TB`,
    ...(video.interlaced ? deinterlace(video) : []),
    // `fps` with a start time keeps the frame that is showing at that instant, so nothing depends on where seeking landed.
    `fps=${String(frameRate)}:start_time=${(start / frameRate).toFixed(6)}:round=near`,
    'tpad=stop=-1:stop_mode=clone',
    // Never `-frames:v`: it would close every output of the process when the first is done.
    `trim=start_frame=${String(skipped)}:end_frame=${String(skipped + frames)}`,
    'setpts=PTS-STARTPTS',
  ];
}

function canvasFilters(plan: EncodePlan, top: PlannedRung, video: VideoFacts): string[] {
  const { width, height } = plan.picture;
  const size = `scale=${String(width)}:${String(height)}:flags=lanczos`;
  const colour = video.highDynamicRange
    ? [size, ...toneMap]
    : [`${size}:in_color_matrix=${sourceMatrix(video)}:${tv709}`];
  return [...colour, 'format=yuv420p', `pad=${String(top.width)}:${String(top.height)}:-1:-1:black`, 'setsar=1'];
}

/** A thumbnail of every cell; the technical check looks at every picture on the way. */
const thumbnailFilters = ({ frameRate }: EncodePlan): readonly string[] => [
  ...pictureCheck,
  `framestep=${String((frameRate * cellMs) / 1000)}`,
  'scale=192:108',
  ...contentCheck,
];

/** One decode, each rung scaled from the next larger, and a thumbnail of every cell. */
export function chunkFilter(plan: EncodePlan, chunk: PlannedChunk): string {
  const video = plan.facts.video;
  const [top, ...lower] = plan.rungs;
  if (video === undefined || top === undefined) throw new Error('A plan has a picture and at least one rung.');
  const half = (rung: PlannedRung): string => (rung.frameRate < plan.frameRate ? 'framestep=2' : 'null');
  const stages = [
    `[0:${String(video.stream)}]${[...gridFilters(plan, chunk, video), ...canvasFilters(plan, top, video)].join(',')},split=2[c0][t0]`,
    plan.hevc === undefined ? `[t0]${half(top)}[v0]` : `[t0]${half(top)},split=2[v0][hevc]`,
    ...lower.flatMap((rung, at) => [
      `[c${String(at)}]scale=${String(rung.width)}:${String(rung.height)}:flags=lanczos,setsar=1,split=2[c${String(at + 1)}][t${String(at + 1)}]`,
      `[t${String(at + 1)}]${half(rung)}[v${String(at + 1)}]`,
    ]),
    `[c${String(lower.length)}]${thumbnailFilters(plan).join(',')}[thumbnails]`,
  ];
  return stages.join(';');
}

/** What every encoder is told of a rung: standard colours, and a container that can be read while it grows. */
const rungContainer = [
  ...['-pix_fmt', 'yuv420p', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'],
  ...['-color_range', 'tv', '-video_track_timescale', '90000', '-f', 'mp4'],
  ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof'],
];

function rungOutput(planned: PlannedRung, at: number, complexity: Complexity): FfmpegOutput {
  const rung = houseRung(planned.name);
  const { preset, crf, lookahead, capShare, tune } = encoderFor[complexity];
  const share = planned.height < 480 ? 1 : capShare;
  const capped = (kbits: number): string => `${String(Math.round(kbits * share))}k`;
  const gop = planned.frameRate * 2;
  // On this rung the usual search stays behind the peer's picture; on smaller ones it is ahead anyway (`npm run bench:transcode`).
  const search = planned.height === 720 ? 'subme=2:' : '';
  // Stitchable: the parameter sets do not depend on what is encoded nor on its quality, so they are those of every other film.
  return {
    target: rungFile(planned.name),
    options: [
      ...['-map', `[v${String(at)}]`, '-fps_mode', 'passthrough', ...anonymous],
      ...['-c:v', 'libx264', '-preset', preset, ...tune, '-crf', crf, '-profile:v', 'high'],
      ...['-level:v', rung.level],
      ...['-maxrate', capped(rung.maxrateKbps), '-bufsize', capped(rung.bufferKbits)],
      '-x264-params',
      `mbtree=1:rc-lookahead=${String(lookahead)}:${search}keyint=${String(gop)}:min-keyint=${String(gop)}:scenecut=0:open-gop=0:force-cfr=1:stitchable=1`,
      ...rungContainer,
    ],
  };
}

/** No user data and no repeated headers: the parameter sets are those of every other chunk and film. */
function hevcOutput({ name, frameRate }: PlannedRung): FfmpegOutput {
  const gop = String(frameRate * 2);
  return {
    target: rungFile(name),
    options: [
      ...['-map', '[hevc]', '-fps_mode', 'passthrough', ...anonymous],
      ...['-c:v', 'libx265', '-preset', 'superfast', '-crf', '26', '-profile:v', 'main', '-tag:v', 'hvc1'],
      ...['-maxrate', `${String(hevcRung.maxrateKbps)}k`, '-bufsize', `${String(hevcRung.bufferKbits)}k`],
      '-x265-params',
      `level-idc=${hevcRung.level}:high-tier=0:keyint=${gop}:min-keyint=${gop}:scenecut=0:open-gop=0:repeat-headers=0:info=0:bframes=3:log-level=error`,
      ...rungContainer,
    ],
  };
}

/** One process encodes every rung of a chunk as video alone; sound is muxed in afterwards by copy. */
export function chunkCommand(plan: EncodePlan, chunk: PlannedChunk, sourceFile: string): FfmpegCommand {
  const source = { file: sourceFile, demuxer: plan.demuxer };
  return {
    inputs: [
      {
        source: inputName(sourceFile),
        options: [
          ...guardOptions(source),
          // A recording may change its size in the middle: a graph that is built anew would count frames from 0 again,
          // while scaling takes every size.
          ...['-reinit_filter:v', '0'],
          // Source timestamps are kept: the grid is computed from them, not from where the seek landed.
          ...['-copyts', '-seek_timestamp', '1', '-noaccurate_seek', '-ss', chunk.seekSeconds.toFixed(6)],
        ],
      },
    ],
    filter: chunkFilter(plan, chunk),
    outputs: [
      ...plan.rungs.map((rung, at) => rungOutput(rung, at, plan.complexity)),
      ...(plan.hevc === undefined ? [] : [hevcOutput(plan.hevc)]),
      {
        target: thumbnailFile,
        options: [
          ...['-map', '[thumbnails]', '-fps_mode', 'passthrough', ...anonymous, '-c:v', 'mjpeg', '-q:v', '6'],
          ...['-pix_fmt', 'yuvj420p', '-f', 'mjpeg'],
        ],
      },
    ],
  };
}
