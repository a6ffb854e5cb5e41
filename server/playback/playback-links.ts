import type { Channel } from '../../media/contract/channels.ts';
import { DVR_CELLS, listedToCell } from '../../media/channel/live-window.ts';
import { epochAt } from '../../media/channel/epoch.ts';
import { playbackPath } from '../../media/channel/playback-path.ts';
import type { PlaybackView } from '../../media/channel/playback-view.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import { notFound } from '../errors.ts';
import type { PlaybackGate } from './playback-gate.ts';
import { channelScope } from './playback-token.ts';

/** A film's revision as playback URLs name it. */
export interface PlayableRevision {
  readonly filmId: string;
  readonly revision: string;
  /** Whether it has package `cmaf` beside `ts`. */
  readonly hasLanguages: boolean;
  /** BCP 47. */
  readonly subtitles: readonly string[];
  /** How many poster candidates it has, and whether it has a storyboard. */
  readonly posters: number;
  readonly hasStoryboard: boolean;
}

/** Path-absolute URLs of a film. */
export interface FilmLinks {
  readonly hls: string;
  readonly languages?: string;
  /** WebVTT that names a picture of every 4 s. */
  readonly storyboard?: string;
  /** Playlists of its subtitles. */
  readonly subtitles: { language: string; url: string }[];
  /** Poster candidates, the best first. */
  readonly posters: string[];
  readonly expiresAtMs: number;
}

/** Token that opens one revision; `preview` opens it also while it is being encoded, so only owner and reviewers get it. */
function filmToken(gate: PlaybackGate, film: PlayableRevision, atMs: number, kind: 'film' | 'preview') {
  return gate.issue(kind, `${film.filmId}-${film.revision}`, atMs);
}

/** URLs of a film's multivariant playlists. */
export function filmLinks(
  gate: PlaybackGate,
  film: PlayableRevision,
  atMs: number,
  kind: 'film' | 'preview' = 'film',
): FilmLinks {
  const { token, expiresAtMs } = filmToken(gate, film, atMs, kind);
  const { filmId, revision } = film;
  const url = (file: string): string => playbackPath({ kind: 'vod', token, filmId, revision, file });
  return {
    hls: url('ts/multivariant.m3u8'),
    ...(film.hasLanguages ? { languages: url('cmaf/multivariant.m3u8') } : {}),
    ...(film.hasStoryboard ? { storyboard: url('storyboard/storyboard.vtt') } : {}),
    subtitles: film.subtitles.map((language) => ({ language, url: url(`subtitles/${language}/media.m3u8`) })),
    posters: Array.from({ length: film.posters }, (_none, at) => url(`poster-${at}.jpg`)),
    expiresAtMs,
  };
}

/** URL of an upload as it is, for owner and reviewers: in the place of a revision stands the film's own id. */
export function reviewCopyLinks(gate: PlaybackGate, filmId: string, atMs: number): FilmLinks {
  const { token, expiresAtMs } = gate.issue('preview', `${filmId}-${filmId}`, atMs);
  const path = { kind: 'vod', token, filmId, revision: filmId, file: 'review/multivariant.m3u8' } as const;
  return { hls: playbackPath(path), subtitles: [], posters: [], expiresAtMs };
}

/** URL of a film's poster, for whoever may see the film: a candidate by its number, or a picture that was sent by its name. */
export function posterLink(gate: PlaybackGate, film: PlayableRevision, poster: number | string, atMs: number): string {
  const { token } = filmToken(gate, film, atMs, 'film');
  const candidate = poster === 0 ? 'poster.jpg' : `poster-${poster}.jpg`;
  const file = typeof poster === 'number' ? candidate : `own-poster/${poster}.jpg`;
  return playbackPath({ kind: 'vod', token, filmId: film.filmId, revision: film.revision, file });
}

/** A channel and what airs on it. */
export interface PlayableChannel {
  readonly channel: Pick<Channel, 'code' | 'package'>;
  readonly timeline: Timeline;
  /** Code of the place that sees it; the whole channel where absent. */
  readonly group?: string | undefined;
}

const scopeOf = ({ channel, group }: PlayableChannel): string => channelScope(channel.code, group);

/** URL of a view's multivariant playlist; the epoch is that of its first cell (house-profile.md 4). */
function viewLink(
  { channel, timeline, group }: PlayableChannel,
  token: string,
  firstCell: number,
  view: PlaybackView,
): string {
  const epoch = epochAt(timeline, firstCell);
  if (epoch === undefined) throw notFound('channel');
  return playbackPath({
    kind: 'live-multivariant',
    token,
    channel: channel.code,
    epoch: epoch.name,
    package: channel.package,
    view: group === undefined ? view : { ...view, group },
  });
}

/** URLs of a channel as it airs: `live`, and `dvr` two hours back. */
export function channelLinks(gate: PlaybackGate, playable: PlayableChannel, atMs: number) {
  const { token, expiresAtMs } = gate.issue('live', scopeOf(playable), atMs);
  const edge = listedToCell(atMs);
  return {
    live: viewLink(playable, token, edge - 1, { kind: 'live' }),
    dvr: viewLink(playable, token, Math.max(edge - DVR_CELLS, playable.timeline.fromCell), { kind: 'dvr' }),
    expiresAtMs,
  };
}

/** Cells of a channel to be seen as one list. */
export interface CellRange {
  readonly fromCell: number;
  readonly toCell: number;
  /** `from`: the item that airs at `fromCell`, growing until it is over; `range`: all of it, finished. */
  readonly view: 'from' | 'range';
  /** `rehearsal` opens cells that have not aired yet, so only those who plan get it. @defaultValue range */
  readonly kind?: 'range' | 'rehearsal';
}

/** URL of the cells [fromCell, toCell) of a channel: what aired, or with view `from` the item that is still on air. */
export function rangeLink(
  gate: PlaybackGate,
  playable: PlayableChannel,
  { fromCell, toCell, view, kind = 'range' }: CellRange,
  atMs: number,
): { readonly url: string; readonly expiresAtMs: number } {
  const { token, expiresAtMs } = gate.issue(kind, `${scopeOf(playable)}-${fromCell}-${toCell}`, atMs);
  const seen: PlaybackView = view === 'from' ? { kind: 'from', fromCell } : { kind: 'range', fromCell, toCell };
  return { url: viewLink(playable, token, fromCell, seen), expiresAtMs };
}
