const prefix = /\/p\/[^/]+\//;

/**
 * Puts the token of `current` into `url` (decision 7: renewing changes only the prefix `/p/{token}/`). Either without a
 * token: `url` as it is.
 */
export function withTokenOf(url: string, current: string): string {
  const token = prefix.exec(current)?.[0];
  return token === undefined ? url : url.replace(prefix, () => token);
}

/** Says whether two playback URLs name the same stream, whatever their tokens and origins. */
export const isSameStream = (one: string, other: string): boolean => behindToken(one) === behindToken(other);

const behindToken = (url: string): string => url.slice(prefix.exec(url)?.index ?? 0).replace(prefix, '');
