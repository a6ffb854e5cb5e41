import { LRUCache } from 'lru-cache';
import { catchUpPlaylist } from '../../media/channel/catch-up.ts';
import type { ChannelView } from '../../media/channel/cell-playlist.ts';
import { channelLanguagesMultivariant, channelMultivariant } from '../../media/channel/channel-multivariant.ts';
import { epochNamed } from '../../media/channel/epoch.ts';
import { DVR_CELLS, listedToCell, LIVE_CELLS, livePlaylist } from '../../media/channel/live-window.ts';
import type { LivePath } from '../../media/channel/playback-path.ts';
import { viewName, viewNameFor } from '../../media/channel/playback-view.ts';
import { AUDIO_RUNG, audioRendition } from '../../media/channel/segment-name.ts';
import { startOverPlaylist } from '../../media/channel/start-over.ts';
import { PLAYLIST_TYPE } from '../../media/hls/tags.ts';
import { cellAt, cellStartAtMs } from '../../media/grid/cell.ts';
import type { Epoch, Timeline } from '../../media/plan/timeline.ts';
import { AppError, notFound } from '../errors.ts';
import { packText, type TextFile } from '../media-files/text-file.ts';
import { channelLanguages, channelRungs, ladderNames } from './channel-ladder.ts';
import type { ChannelOnAir } from './channel-on-air.ts';

type MediaPath = Extract<LivePath, { kind: 'live-media' }>;
type MultivariantPath = Extract<LivePath, { kind: 'live-multivariant' }>;

/** Playlists of channels, each written once per cell and document, whoever asks. */
export interface ChannelPlaylists {
  readonly media: (onAir: ChannelOnAir, path: MediaPath, atMs: number) => TextFile;
  readonly multivariant: (onAir: ChannelOnAir, path: MultivariantPath) => TextFile;
}

/**
 * How long playlists of a year that is over go on; by then every token was renewed into the new one, which begins with a
 * whole `dvr` list of the old year's cells.
 */
const oldEpochMs = 24 * 3_600_000;
const keptTexts = 1000;
/** At most 2 s old, so that two caches in a row stay within a cell (contract: live playlists). */
export const briefly = 'public, max-age=1';
/** Multivariant playlists and those of finished films do not change, but may be withdrawn. */
export const aWhile = 'public, max-age=10';

/** The cells that a growing or sliding list shows change with the clock; a finished range only with its document. */
const tickOf = (path: MediaPath, atMs: number): number => (path.view.kind === 'range' ? 0 : listedToCell(atMs));

function epochOfPath(timeline: Timeline, path: LivePath, atMs: number): Epoch {
  const epoch = epochNamed(timeline, path.epoch);
  if (epoch === undefined) throw notFound('playlist');
  const next = timeline.epochs[timeline.epochs.indexOf(epoch) + 1];
  const isSliding = path.kind === 'live-media' && path.view.kind === 'live';
  if (isSliding && next !== undefined && atMs > cellStartAtMs(next.baseCell + DVR_CELLS) + oldEpochMs) {
    throw new AppError('expired', 'This year’s numbering is over. Ask for playback again.');
  }
  return epoch;
}

function writeMedia({ document, channel }: ChannelOnAir, path: MediaPath, atMs: number): string {
  const { timeline } = document;
  const { rendition, view } = path;
  const languages = channel.languages.map(audioRendition);
  const names = [...ladderNames, AUDIO_RUNG, ...languages];
  if (rendition.package !== channel.package || !names.includes(rendition.name)) throw notFound('playlist');
  const seen: ChannelView = { timeline, epoch: epochOfPath(timeline, path, atMs), rendition, ladder: ladderNames };
  switch (view.kind) {
    case 'live':
      return livePlaylist(seen, atMs, LIVE_CELLS);
    case 'dvr':
      return livePlaylist(seen, atMs, DVR_CELLS);
    case 'from':
      requireAired(timeline, view.fromCell, view.fromCell + 1, atMs);
      requireOwnCells(seen.epoch, view.fromCell);
      return startOverPlaylist(seen, view.fromCell, atMs) ?? noSuchCells();
    case 'range':
      requireAired(timeline, view.fromCell, view.toCell, atMs);
      requireOwnCells(seen.epoch, view.fromCell);
      return catchUpPlaylist(seen, view.fromCell, view.toCell);
  }
}

const noSuchCells = (): never => {
  throw notFound('playlist');
};

/** What aired before a numbering began has no numbers in it; its own year's playlists list it. */
function requireOwnCells({ baseCell }: Epoch, fromCell: number): void {
  if (fromCell < baseCell) throw notFound('playlist');
}

/** Nothing of the future is listed, and nothing that retention has dropped. */
function requireAired(timeline: Timeline, fromCell: number, toCell: number, atMs: number): void {
  if (toCell > listedToCell(atMs)) {
    throw new AppError('not_yet', 'This has not aired yet. Wait until it has, or watch the channel live.');
  }
  if (fromCell < timeline.fromCell) {
    throw new AppError('expired', 'This is no longer kept for catch-up. Look for the film in the library.');
  }
}

export function createChannelPlaylists(): ChannelPlaylists {
  const texts = new LRUCache<string, { readonly version: string; readonly file: TextFile }>({ max: keptTexts });
  /** The same by the parsed address, which whoever asks again brings along: no key has to be made. */
  const latest = new WeakMap<
    MediaPath,
    { readonly document: string; readonly tick: number; readonly file: TextFile }
  >();

  /** The text of a key as long as its version is the same; written anew when it is not. */
  const cached = (key: string, version: string, cacheControl: string, write: () => string): TextFile => {
    const known = texts.get(key);
    if (known?.version === version) return known.file;
    const file = packText(write(), PLAYLIST_TYPE, cacheControl);
    texts.set(key, { version, file });
    return file;
  };
  return {
    media: (onAir, path, atMs) => {
      const { document } = onAir.head;
      const tick = tickOf(path, atMs);
      const known = latest.get(path);
      if (known?.tick === tick && known.document === document) return known.file;
      const { rendition } = path;
      // Places without anything of their own share the text of the place above.
      const seen = viewNameFor(path.view, onAir.owner);
      const parts = [path.channel, path.epoch, rendition.package, rendition.name, seen];
      // What cannot be listed throws before anything is kept: "not yet" must not outlive the moment.
      const file = cached(parts.join('/'), `${document}/${tick}`, briefly, () => writeMedia(onAir, path, atMs));
      latest.set(path, { document, tick, file });
      return file;
    },
    multivariant: (onAir, path) => {
      if (path.package !== onAir.channel.package) throw notFound('playlist');
      if (epochNamed(onAir.document.timeline, path.epoch) === undefined) throw notFound('playlist');
      const key = [path.channel, path.package, viewName(path.view)].join('/');
      return cached(key, onAir.channel.languages.join(), aWhile, () =>
        path.package === 'ts'
          ? channelMultivariant(channelRungs, path.view)
          : channelLanguagesMultivariant(channelRungs, channelLanguages(onAir.channel), path.view),
      );
    },
  };
}

/** First cell of the two hours that live viewers may go back, with a list's length to spare for those who are slow. */
export const dvrFromCell = (atMs: number): number => cellAt(atMs) - DVR_CELLS - LIVE_CELLS;
