import { z } from 'zod';
import { pictureBounds, pictureKindOf } from '../../media/film/picture-kind.ts';
import { AppError } from '../errors.ts';
import { readInChild } from '../process/read-in-child.ts';

const painter = {
  program: 'library/poster-child.js',
  longestMs: 20_000,
  mostMemoryMb: 256,
  mostAnswerBytes: 8 * 1_048_576,
};
const answerSchema = z.union([
  z.object({ picture: z.base64() }),
  z.object({ refused: z.enum(['too_many_pixels', 'too_small']), width: z.number(), height: z.number() }),
]);

/** A JPEG of 1280 by 720 that is drawn anew from what somebody sent; 413, 415 or 422 with the cure where it cannot be. */
export async function drawPoster(bytes: Uint8Array): Promise<Buffer> {
  if (bytes.length === 0) throw new AppError('bad_request', 'Send the picture itself as the body.');
  if (pictureKindOf(bytes) === undefined) {
    throw new AppError(
      'unsupported_type',
      'This is no JPEG, PNG or WebP picture. Save it as one of these and send that.',
    );
  }
  const answer = await readInChild(painter, bytes);
  if (answer === undefined) {
    throw new AppError(
      'unsupported_type',
      'This picture is damaged or cannot be read. Open it, save it anew as JPEG and send that.',
    );
  }
  const read = answerSchema.parse(JSON.parse(answer));
  if ('picture' in read) return Buffer.from(read.picture, 'base64');
  const size = `${read.width} by ${read.height} pixels`;
  if (read.refused === 'too_many_pixels') {
    const most = pictureBounds.mostPixels / 1_000_000;
    throw new AppError('too_large', `The picture has ${size}; at most ${most} million are taken. Save it smaller.`);
  }
  const { leastWidth, leastHeight } = pictureBounds;
  const message = `The picture has ${size}, too few for a poster. Choose one of at least ${leastWidth} by ${leastHeight}.`;
  throw new AppError('invalid', message, { fields: [{ path: 'picture', message }] });
}
