import { webvttSeconds } from './webvtt-seconds.ts';

/** One picture of a storyboard: shown for [fromS, toS) of the film, cut out of a sheet of pictures. */
export interface StoryboardTile {
  readonly fromS: number;
  readonly toS: number;
  /** Address of the sheet. */
  readonly url: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const entry = /^(\d\S+) --> (\d\S+)[^\n]*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/;

/** Reads a WebVTT storyboard, whose sheets lie beside it; what is not a picture is passed over. */
export function readStoryboard(text: string, address: string): readonly StoryboardTile[] {
  const folder = address.slice(0, address.lastIndexOf('/') + 1);
  const tiles: StoryboardTile[] = [];
  for (const block of text.replace(/\r/g, '').split('\n\n')) {
    const [, from, to, sheet, x, y, width, height] = entry.exec(block.trim()) ?? [];
    if (from === undefined || to === undefined || sheet === undefined) continue;
    tiles.push({
      ...{ fromS: webvttSeconds(from), toS: webvttSeconds(to), url: folder + sheet },
      ...{ x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
    });
  }
  return tiles;
}

/** The picture of a second of the film; undefined beyond the last. */
export const tileAt = (tiles: readonly StoryboardTile[], atS: number): StoryboardTile | undefined =>
  tiles.find(({ fromS, toS }) => fromS <= atS && atS < toS);

/** Fetches a storyboard. */
export async function loadStoryboard(address: string): Promise<readonly StoryboardTile[]> {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`The storyboard cannot be loaded: ${reply.status}`);
  return readStoryboard(await reply.text(), address);
}
