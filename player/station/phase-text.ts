import type { Seen } from './picture.tsx';
import type { StationWords } from './words.ts';

/** Says what is going on with a picture that does not just play. */
export function phaseText(phase: Seen, words: StationWords): string | undefined {
  switch (phase) {
    case 'starting':
      return words.loading;
    case 'paused':
      return words.paused;
    case 'blocked':
      return words.pressOk;
    case 'stalled':
    case 'recovering':
      return navigator.onLine ? words.recovering : words.reconnecting;
    case 'unreachable':
      return words.reconnecting;
    case 'preparing':
      return words.preparing;
    case 'closed':
      return words.closed;
    case 'gone':
      return words.gone;
    case 'ended':
      return words.ended;
    case 'unsupported':
      return words.unsupported;
    case 'playing':
    case 'waiting':
      return undefined;
  }
}

/** Troubles that do not pass in a moment: what is wrong, and what to do about it, for a screen of their own. */
export function lastingTrouble(phase: Seen, words: StationWords): readonly [string, string] | undefined {
  switch (phase) {
    case 'closed':
      return [words.closed, words.closedCure];
    case 'gone':
      return [words.noChannel, words.noChannelCure];
    case 'unsupported':
      return [words.unsupported, words.unsupportedCure];
    default:
      return undefined;
  }
}
