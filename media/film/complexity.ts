import { z } from 'zod';

/**
 * How much happens in the pictures of a film: `still` is slides, where only a new slide moves anything; `plain` is a lecture,
 * where most of a picture stands still; everything else, and every film that could not be sampled, is `busy`.
 */
export const complexitySchema = z.enum(['still', 'plain', 'busy']);
export type Complexity = z.infer<typeof complexitySchema>;

/** Sampled picture: small, because only change is looked for, and at one rate, so that films are comparable. */
export const samplePicture = { width: 480, height: 270, frameRate: 25, pictures: 50 } as const;

/** Slides need 0.02 bits a pixel between key frames, a lecture with its speaker 0.04, camera pictures 0.1 and more. */
const mostBitsPerPixel = { still: 0.03, plain: 0.06 } as const;

/** Where a film is sampled: the key frames before the middles of its quarters, each once. */
export function samplePlaces(keys: readonly number[], startSeconds: number, endSeconds: number): readonly number[] {
  const places = [0, 1, 2, 3].map((quarter) => {
    const wanted = startSeconds + ((endSeconds - startSeconds) * (quarter + 0.5)) / 4;
    return keys.filter((key) => key <= wanted).at(-1) ?? keys[0];
  });
  return [...new Set(places.filter((place) => place !== undefined))];
}

/**
 * Judges a film, or a part of it, by the sizes in bytes of the encoded pictures of each sample; a sample's first one is a key frame.
 * One busy part makes a busy film, for it must not be short of bits there: whoever has found one need not look at the others.
 */
export function complexityOf(samples: readonly (readonly number[])[]): Complexity {
  const { width, height } = samplePicture;
  const bitsPerPixel = samples.map(([, ...between]) => {
    const bits = between.reduce((sum, bytes) => sum + bytes * 8, 0);
    return between.length === 0 ? Infinity : bits / between.length / width / height;
  });
  const most = samples.length === 0 ? Infinity : Math.max(...bitsPerPixel);
  if (most <= mostBitsPerPixel.still) return 'still';
  return most <= mostBitsPerPixel.plain ? 'plain' : 'busy';
}

/** How the pictures of a film are encoded. */
export type EncoderChoice = {
  readonly preset: string;
  readonly crf: string;
  /** Pictures that the encoder looks ahead. */
  readonly lookahead: number;
  /** Share of the peak rate and buffer of a rung of 480 lines or more that the film may use; those below have none to spare. */
  readonly capShare: number;
  readonly tune: readonly string[];
};

/**
 * What suits a film (perf.md 1.3; `npm run bench:plain`). Where somebody moves before what stands still, the encoder gains by
 * looking further ahead and taking more trouble. Slides do not: nearly all their bytes are key frames, which no setting makes
 * smaller at equal likeness. Neither needs the peaks that are kept for camera pictures.
 */
export const encoderFor: Readonly<Record<Complexity, EncoderChoice>> = {
  busy: { preset: 'superfast', crf: '23', lookahead: 10, capShare: 1, tune: [] },
  plain: { preset: 'veryfast', crf: '24.5', lookahead: 25, capShare: 0.6, tune: ['-tune', 'ssim'] },
  still: { preset: 'superfast', crf: '23', lookahead: 10, capShare: 0.6, tune: [] },
};
