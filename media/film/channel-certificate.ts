import { z } from 'zod';
import { cellMs } from './chunks.ts';
import { audioCodec, houseLadder } from './ladder.ts';

/** What a player has to be set up for before it shows a segment of package `ts`, as read from the segment itself. */
export const segmentParametersSchema = z.object({
  /** RFC 6381, of the picture. */
  codec: z.string(),
  /** profile_idc of H.264; 100 is High. */
  profile: z.number().int(),
  /** level_idc of H.264; 31 is level 3.1. */
  level: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  frameRate: z.number(),
  /** Ticks a second of its time stamps. */
  timescale: z.number().int(),
  pids: z.object({ programMap: z.number().int(), video: z.number().int(), audio: z.number().int() }),
  audio: z.object({ codec: z.string(), sampleRate: z.number().int(), channels: z.number().int() }),
});
export type SegmentParameters = z.infer<typeof segmentParametersSchema>;

const certifiedRungSchema = segmentParametersSchema.extend({
  name: z.string(),
  /** 24, 25 or 30: the rate, or half of it. */
  frameRateFamily: z.number().int(),
});

/** The channel-ready certificate: whatever has one can follow any other film that has one, without a new set-up. */
export const channelCertificateSchema = z.object({
  cellMs: z.literal(cellMs),
  rungs: z.array(certifiedRungSchema).min(1),
  audioLayout: z.literal('stereo-48000-aac-lc'),
});
type ChannelCertificate = z.infer<typeof channelCertificateSchema>;

/** As versions before the certificate told the parameters of each rung wrote it. */
export const earlierCertificateSchema = channelCertificateSchema.extend({ rungs: z.array(z.string()) });

/** Rates whose cells and frames fall on one grid. */
const familyOf = (frameRate: number): number | undefined =>
  [24, 25, 30].find((family) => frameRate === family || frameRate === 2 * family);

/** PIDs of every film of the house: program map, picture, sound. */
export const housePids = { programMap: 4096, video: 256, audio: 257 } as const;

/** A rung of a finished package: the parameters that were read from its chunks, in order. */
export type ReadRung = { readonly name: string; readonly chunks: readonly SegmentParameters[] };

/** What keeps a rung from a channel, in words; undefined when nothing does. */
function rungTrouble({ name, chunks }: ReadRung): string | undefined {
  const [first, ...rest] = chunks;
  const house = houseLadder.find((rung) => rung.name === name);
  if (first === undefined || house === undefined) return 'it is no rung of the house';
  const text = JSON.stringify(first);
  if (rest.some((other) => JSON.stringify(other) !== text)) return 'its chunks differ';
  const { audio, pids } = first;
  const isWanted = (is: unknown, wanted: unknown): boolean => JSON.stringify(is) === JSON.stringify(wanted);
  const checks: readonly (readonly [boolean, string])[] = [
    [first.codec === house.codec, `its codec is ${first.codec}`],
    [first.level === Math.round(Number(house.level) * 10), `its level is ${first.level}`],
    [
      first.width === house.width && first.height === house.height,
      `its picture has ${first.width}x${first.height} pixels`,
    ],
    [familyOf(first.frameRate) !== undefined, `it has ${first.frameRate} frames a second`],
    [first.timescale === 90_000, `it counts ${first.timescale} ticks a second`],
    [isWanted(pids, housePids), `its PIDs are ${Object.values(pids).join(', ')}`],
    [
      isWanted(audio, { codec: audioCodec, sampleRate: 48_000, channels: 2 }),
      `its sound is ${audio.codec}, ${audio.sampleRate} Hz, ${audio.channels} channels`,
    ],
  ];
  return checks.find(([holds]) => !holds)?.[1];
}

/** Certifies a package by what was read from its segments; or says why it cannot. */
export function certify(
  rungs: readonly ReadRung[],
): { readonly certificate: ChannelCertificate } | { readonly trouble: string } {
  for (const rung of rungs) {
    const trouble = rungTrouble(rung);
    if (trouble !== undefined) return { trouble: `${rung.name}: ${trouble}` };
  }
  const certified = rungs.flatMap(({ name, chunks: [first] }) =>
    first === undefined ? [] : [{ name, ...first, frameRateFamily: familyOf(first.frameRate) ?? 0 }],
  );
  if (certified.length === 0) return { trouble: 'it has no rung' };
  return { certificate: { cellMs, rungs: certified, audioLayout: 'stereo-48000-aac-lc' } };
}
