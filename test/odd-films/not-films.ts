import { writeFile } from 'node:fs/promises';
import { ffmpeg } from './run-tool.ts';

const text = (file: string, content: string | Buffer) => ({ file, make: (path: string) => writeFile(path, content) });

/** Repeatable bytes without a pattern (xorshift). */
export const noise = (length: number): Buffer => {
  let state = 0x9e3779b9;
  return Buffer.from(
    Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    }),
  );
};

/** Files that are no film whatever their name says. */
export const NOT_FILMS = {
  empty: text('empty.mp4', ''),
  text: text('letter.mp4', 'Dear office,\nthis is a letter.\n'.repeat(200)),
  'web-page': text('page.mp4', '<!doctype html><title>404</title><p>Not found</p>\n'),
  'random-bytes': text('noise.mp4', noise(65_536)),
  archive: text('slides.mp4', Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), noise(5000)])),
  program: text('player.mp4', Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), noise(5000)])),
  'png-picture': {
    file: 'picture.mp4',
    make: (path: string) =>
      ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=1', '-frames:v', '1', '-f', 'image2', '-c:v', 'png', path),
  },
  'gif-picture': {
    file: 'animation.mp4',
    make: (path: string) => ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=1', '-f', 'gif', path),
  },
} as const;
