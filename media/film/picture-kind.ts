/** Still pictures that a film may get as its poster; an SVG or an animation is a program or a film, not a picture. */
export const pictureKinds = ['jpeg', 'png', 'webp'] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** Most bytes and pixels of a picture that somebody sends, and the least of its sides. */
export const pictureBounds = { mostBytes: 15 * 1_048_576, mostPixels: 50_000_000, leastWidth: 320, leastHeight: 180 };

/** Width and height of every poster that is served. */
export const posterSize = { width: 1280, height: 720 };

const pngBeginning = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What a file is by its first 12 bytes, never by its name or what a browser says of it; undefined for everything else. */
export function pictureKindOf(head: Uint8Array): PictureKind | undefined {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg';
  if (pngBeginning.every((byte, at) => head[at] === byte)) return 'png';
  const text = String.fromCharCode(...head.subarray(0, 12));
  return text.startsWith('RIFF') && text.slice(8) === 'WEBP' ? 'webp' : undefined;
}
