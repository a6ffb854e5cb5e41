import type { Quality } from '../shared/player-engine.ts';
import { remember, remembered } from '../shared/remembered.ts';

/** What a member wants of the link: what it can carry, as little as there is, sound alone, or a number of lines. */
export type QualityChoice = 'auto' | 'saver' | 'sound' | number;

interface DataSaver {
  readonly connection?: { readonly saveData?: boolean };
}

/** Reads a choice as it was kept or picked; anything else is `auto`. */
export function parseChoice(text: string | undefined): QualityChoice {
  if (text === 'saver' || text === 'sound') return text;
  return text !== undefined && /^[1-9]\d{2,3}$/.test(text) ? Number(text) : 'auto';
}

/** The choice of this device; where nobody chose, its own data saver counts (Network Information API). */
export const chosenQuality = ({ connection }: DataSaver = navigator as DataSaver): QualityChoice =>
  parseChoice(remembered('picture') ?? (connection?.saveData === true ? 'saver' : undefined));
export const keepQuality = (choice: QualityChoice): void => remember('picture', String(choice));

/** Which of a film's qualities a choice means: the lowest, or the best that is not above the lines; undefined: automatic. */
export function indexOfChoice(qualities: readonly Quality[], choice: QualityChoice): number | undefined {
  if (choice === 'auto' || choice === 'sound' || qualities.length === 0) return undefined;
  const upwards = [...qualities].sort((a, b) => a.bitrateBps - b.bitrateBps);
  const below = choice === 'saver' ? [] : upwards.filter(({ height }) => height <= choice);
  return (below.at(-1) ?? upwards[0])?.index;
}

/** The list of sound alone beside a multivariant one of package `ts`, of a film or a channel; undefined where there is none. */
export function soundOnlyUrl(url: string): string | undefined {
  const film = url.replace(/\/ts\/multivariant\.m3u8$/, '/ts/audio/media.m3u8');
  if (film !== url) return film;
  const channel = url.replace(/\/ts\/([^/]+)\/multivariant\.m3u8$/, '/ts/audio/$1.m3u8');
  return channel === url ? undefined : channel;
}

/** The lowest rung with a picture of a multivariant list at `address`, as the path of its own list; undefined where there is none. */
export function lowestRungUrl(list: string, address: string): string | undefined {
  const rungs = Array.from(
    list.matchAll(/^#EXT-X-STREAM-INF:(.*RESOLUTION=.*)\r?\n(\S+)/gm),
    ([, facts = '', path = '']) => ({
      path,
      bitrateBps: Number(/(?:^|,)BANDWIDTH=(\d+)/.exec(facts)?.[1]),
    }),
  );
  const [lowest] = rungs.sort((a, b) => a.bitrateBps - b.bitrateBps);
  return lowest && new URL(lowest.path, new URL(address, 'http://any')).pathname;
}

/** Where the browser's own HLS plays, which nobody can tell a quality: the list of the lowest rung alone, else the whole one. */
export async function loadLowestUrl(url: string): Promise<string> {
  const reply = await fetch(url);
  return reply.ok ? (lowestRungUrl(await reply.text(), url) ?? url) : url;
}
