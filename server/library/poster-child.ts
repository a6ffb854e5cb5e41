import sharp from 'sharp';
import { pictureBounds, posterSize } from '../../media/film/picture-kind.ts';

/*
 * Draws a poster anew from a picture on standard input: a process of its own, because decoders are what hostile pictures are
 * made for (draw-poster.ts gives the limits). What it writes holds pixels alone: no metadata, profile or second file behind them.
 */

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });
sharp.concurrency(1);
sharp.cache(false);

const { mostPixels, leastWidth, leastHeight } = pictureBounds;
const black = '#000000';
const chunks: Buffer[] = [];
process.stdin.on('data', (chunk: Buffer) => chunks.push(chunk));
process.stdin.on('end', () => {
  void draw(Buffer.concat(chunks)).then(
    (answer) => process.stdout.write(JSON.stringify(answer)),
    () => (process.exitCode = 1),
  );
});

async function draw(bytes: Buffer): Promise<object> {
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (width * height > mostPixels) return { refused: 'too_many_pixels', width, height };
  if (width < leastWidth || height < leastHeight) return { refused: 'too_small', width, height };
  const picture = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'truncated' })
    .autoOrient()
    .resize({ ...posterSize, fit: 'contain', background: black })
    .flatten({ background: black })
    .toColourspace('srgb')
    .jpeg({ quality: 86 })
    .toBuffer();
  return { picture: picture.toString('base64') };
}
