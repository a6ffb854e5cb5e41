import { CARD_CELLS } from '../../media/contract/gap-card.ts';
import type { FfmpegCommand } from './command-line.ts';
import { inputName } from './source-guard.ts';

/** Name of a card's film in the job's folder. */
export const cardFile = 'card.mp4';

/**
 * A film of one picture a second, without sound. The encode that follows repeats each of them, which costs next to nothing;
 * `name` makes the bytes of every card its own, for two cards may look alike.
 */
export const cardCommand = (pictureFile: string, name: string): FfmpegCommand => ({
  inputs: [
    {
      source: inputName(pictureFile),
      options: ['-protocol_whitelist', 'file', '-f', 'image2', '-loop', '1', '-framerate', '1'],
    },
  ],
  outputs: [
    {
      target: cardFile,
      options: [
        ...['-frames:v', String(CARD_CELLS * 4), '-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p'],
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '12', '-g', '12', '-threads', '1'],
        ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
        ...['-metadata', `comment=${name}`, '-fflags', '+bitexact', '-movflags', '+faststart', '-f', 'mp4'],
      ],
    },
  ],
});
