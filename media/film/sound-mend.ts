import { z } from 'zod';

/** What is wrong with a stereo track for the whole film, and is mended; also codes of media/film/conversions.ts. */
export const soundMends = ['left_dead', 'right_dead', 'phase_inverted'] as const;
export const soundMendSchema = z.enum(soundMends);
export type SoundMend = z.infer<typeof soundMendSchema>;

/** Levels of a stereo track over the whole film in dB below full scale (RMS); -Infinity for digital silence. */
export type StereoLevels = {
  readonly left: number;
  readonly right: number;
  /** Of what both channels have in common, and of what they differ in. */
  readonly sum: number;
  readonly difference: number;
};

/** Quieter than any room that is recorded: an open cable. */
const deadDb = -60;
/** How much louder the other channel is; two quiet channels are a quiet film. */
const liveAboveDb = 20;
/** Speech in stereo has its voices in the middle; without any middle one cable was turned round. */
const invertedDb = 20;

/** Names what is to be mended; undefined for stereo as it should be. */
export function soundMendOf({ left, right, sum, difference }: StereoLevels): SoundMend | undefined {
  const isDead = (channel: number, other: number): boolean => channel <= deadDb && other >= deadDb + liveAboveDb;
  if (isDead(left, right)) return 'left_dead';
  if (isDead(right, left)) return 'right_dead';
  return difference >= deadDb + liveAboveDb && difference - sum >= invertedDb ? 'phase_inverted' : undefined;
}
