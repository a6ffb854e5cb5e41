import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import {
  type LivePath,
  parsePlaybackPath,
  type PlaybackPath,
  type VodPath,
  vodFileOf,
} from '../../media/channel/playback-path.ts';
import { viewNameFor } from '../../media/channel/playback-view.ts';
import { cellStartAtMs } from '../../media/grid/cell.ts';
import { posterKey } from '../../media/storage/keys.ts';
import { AppError, notFound } from '../errors.ts';
import type { FilmOnShelf } from '../media-files/film-on-shelf.ts';
import type { FilmShelf } from '../media-files/film-shelf.ts';
import type { MediaFiles, WantedFile } from '../media-files/media-files.ts';
import { sendText, typeOfFile } from '../media-files/media-reply.ts';
import { openHeaders } from '../media-files/open-headers.ts';
import { packText, type TextFile } from '../media-files/text-file.ts';
import { aWhile, briefly, type ChannelPlaylists } from '../onair/channel-playlists.ts';
import type { ChannelOnAir } from '../onair/channel-on-air.ts';
import type { OnAir } from '../onair/on-air.ts';
import type { OpenRevisions } from '../onair/open-revisions.ts';
import { foreignToken, type PlaybackGate } from '../playback/playback-gate.ts';
import { channelScope, type PlaybackClaims, placeOfScope } from '../playback/playback-token.ts';
import { answerLiveAddress } from './live-address.ts';
import { sendMediaProblem } from './media-problem.ts';

/** What the media door is made of. */
export interface MediaDoorParts {
  readonly clock: () => number;
  readonly log: Logger;
  readonly gate: PlaybackGate;
  readonly onAir: Pick<OnAir, 'require' | 'seenFrom' | 'parentOf' | 'isWithdrawn' | 'damaged'>;
  readonly playlists: ChannelPlaylists;
  /** Days that catch-up is kept. */
  readonly catchUpDays: () => Promise<number>;
  readonly openRevisions: OpenRevisions;
  readonly films: FilmShelf;
  readonly files: MediaFiles;
  /** When a live list of a channel was last answered, by code. */
  readonly served: Map<string, number>;
}

/** Answers a request under `/p/` or `/live/` and says so; false for everything else, which Express answers. */
export type MediaDoor = (request: IncomingMessage, response: ServerResponse) => boolean;

/** One request, its token judged. */
interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly claims: PlaybackClaims;
  readonly atMs: number;
}

const keptPaths = 10_000;
/** Characters of an address that is remembered; nobody fills memory with long ones. */
const longestKept = 500;

/**
 * The way of playlists and segments, before Express, which costs five times as much there (perf notes, section 3). Strict
 * grammar first, then the token, then what it opens; a segment in memory is answered without waiting for anything.
 */
export function createMediaDoor(parts: MediaDoorParts): MediaDoor {
  const vodTexts = new LRUCache<string, TextFile>({ max: 500 });
  const paths = new LRUCache<string, PlaybackPath>({ max: keptPaths });
  const door = { ...parts, vodTexts, paths };
  return (request, response) => {
    const url = request.url ?? '';
    if (!url.startsWith('/p/') && !url.startsWith('/live/')) return false;
    const fail = (error: unknown): void => sendMediaProblem(error, request, response, parts);
    try {
      answer(door, request, response, url)?.catch(fail);
    } catch (error) {
      fail(error);
    }
    return true;
  };
}

type Door = MediaDoorParts & {
  readonly vodTexts: LRUCache<string, TextFile>;
  /** A county's stations ask for the same few addresses: each is parsed once. */
  readonly paths: LRUCache<string, PlaybackPath>;
};

/** The path of an address without its query; throws where it is none of ours. */
function pathOf({ paths }: Door, url: string): PlaybackPath {
  const known = paths.get(url);
  if (known !== undefined) return known;
  const query = url.indexOf('?');
  const address = query === -1 ? url : url.slice(0, query);
  const path = parsePlaybackPath(address);
  if (path === undefined) throw noSuchAddress(address);
  if (url.length <= longestKept) paths.set(url, path);
  return path;
}

/** Answers at once, or later with a promise that rejects with what is wrong. */
function answer(
  door: Door,
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
): Promise<void> | undefined {
  if (request.method === 'OPTIONS') {
    sendOptions(response);
    return undefined;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new AppError('method', 'Media can only be read: use GET.');
  }
  if (url.startsWith('/live/')) {
    return answerLiveAddress(door, request, response, door.clock());
  }
  const path = pathOf(door, url);
  const atMs = door.clock();
  const claims = door.gate.check(path.token, atMs);
  const visit: Visit = { request, response, claims, atMs };
  return path.kind === 'vod' ? answerFilm(door, visit, path) : answerChannel(door, visit, path);
}

/** 400 for what no address of ours can hold (escapes, backslashes), 404 for the rest; neither says what is there. */
function noSuchAddress(address: string): AppError {
  if (/^[\w.~/-]*$/.test(address)) return notFound('file');
  return new AppError('bad_request', 'The address holds characters that no media address has. Ask for playback again.');
}

function sendOptions(response: ServerResponse): void {
  response.writeHead(204, [
    'Access-Control-Allow-Methods',
    'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Headers',
    'Range, If-None-Match, If-Range',
    'Access-Control-Max-Age',
    '86400',
    ...openHeaders,
  ]);
  response.end();
}

/** 410 for a film that may not be shown, in whatever way it is asked for. */
function requireShown({ onAir }: Door, filmId: string): void {
  if (!onAir.isWithdrawn(filmId)) return;
  throw onAir.damaged().includes(filmId)
    ? new AppError('damaged', 'Stored files of this film are damaged. Choose another one until it is mended.')
    : new AppError('withdrawn', 'This film was withdrawn and is not shown any more. Choose another one.');
}

function answerFilm(door: Door, visit: Visit, path: VodPath): Promise<void> | undefined {
  const { filmId, revision } = path;
  const { kind, scope } = visit.claims;
  if ((kind !== 'film' && kind !== 'preview') || scope !== `${filmId}-${revision}`) throw foreignToken();
  requireShown(door, filmId);
  if (path.file.startsWith('review/')) return answerReviewCopy(door, visit, path);
  if (path.file.startsWith('own-poster/')) return answerOwnPoster(door, visit, path);
  const film = door.films.peek(revision);
  if (film !== undefined) return sendFromFilm(door, visit, path, film);
  const finding = kind === 'preview' ? door.films.findUnfinished(revision) : door.films.find(revision);
  return finding.then((found) => {
    if (found === undefined) throw notFound('film');
    return sendFromFilm(door, visit, path, found);
  });
}

/** The upload as it is stands under the film's own id, and is nobody's but its owner's and reviewers'. */
async function answerReviewCopy(door: Door, visit: Visit, path: VodPath): Promise<void> {
  if (visit.claims.kind !== 'preview' || path.revision !== path.filmId) throw foreignToken();
  const copy = await door.films.findReviewCopy(path.filmId);
  if (copy === undefined) throw notFound('film');
  await sendFromFilm(door, visit, path, copy);
}

/** A picture that somebody sent for a film is a file beside its revisions, named by its content. */
function answerOwnPoster({ files }: Door, { request, response }: Visit, { filmId, file }: VodPath): Promise<void> {
  const picture = file.slice('own-poster/'.length, -'.jpg'.length);
  const wanted = { key: posterKey(filmId, picture), name: file, etag: `"${picture}"`, isLive: false };
  return files.send(request, response, wanted);
}

function sendFromFilm(door: Door, visit: Visit, path: VodPath, film: FilmOnShelf): Promise<void> | undefined {
  const { revision, file } = path;
  if (file.endsWith('.m3u8') || file === 'storyboard/storyboard.vtt') {
    sendText(visit.request, visit.response, filmText(door, `${revision}/${file}`, film, file));
    return undefined;
  }
  return sendFile(door, visit, film, { revision, file, isLive: false });
}

function filmText(door: Door, key: string, film: FilmOnShelf, file: string): TextFile {
  const known = film.finished ? door.vodTexts.get(key) : undefined;
  if (known !== undefined) return known;
  const text = film.playlist(file);
  if (text === undefined) throw notFound('playlist');
  const packed = packText(text, typeOfFile(file), film.finished ? aWhile : briefly);
  if (film.finished) door.vodTexts.set(key, packed);
  return packed;
}

function sendFile(
  door: Door,
  { request, response }: Visit,
  film: FilmOnShelf,
  wanted: { readonly revision: string; readonly file: string; readonly isLive: boolean },
): Promise<void> | undefined {
  const stored = film.file(wanted.file);
  if (stored === undefined) throw notFound('file');
  const { revision, file, isLive } = wanted;
  // A revision's segments are never rewritten, so its name and theirs are a strong validator.
  const etag = `"${revision}/${file}"`;
  const toSend: WantedFile = { ...stored, name: file, etag, isLive };
  return door.files.sendHot(request, response, toSend) ? undefined : door.files.send(request, response, toSend);
}

/** Those who plan see what is yet to air as if it had. */
const seenAtMs = ({ claims, atMs }: Visit): number =>
  claims.kind === 'rehearsal' ? Math.max(atMs, cellStartAtMs(rangeOf(claims).toCell)) : atMs;

function answerChannel(door: Door, visit: Visit, path: LivePath): Promise<void> | undefined {
  requireScope(visit.claims, path);
  const { request, response } = visit;
  const atMs = seenAtMs(visit);
  const onAir = door.onAir.seenFrom(door.onAir.require(path.channel, visit.atMs), placeOf(visit.claims));
  switch (path.kind) {
    case 'live-multivariant':
      sendText(request, response, door.playlists.multivariant(onAir, path));
      return undefined;
    case 'live-media':
      door.served.set(path.channel, visit.atMs);
      sendText(request, response, door.playlists.media(onAir, path, atMs));
      return undefined;
    case 'live-file':
      return answerLiveFile(door, visit, path, onAir);
  }
}

/** Cells [fromCell, toCell) of a range token. */
function rangeOf({ scope }: PlaybackClaims): { readonly fromCell: number; readonly toCell: number } {
  const [, from, to] = /-(\d+)-(\d+)$/.exec(scope) ?? [];
  return { fromCell: Number(from), toCell: Number(to) };
}

/** A live token opens the lists `live` and `dvr` of its channel, a range token the one list that it was made for. */
function requireScope(claims: PlaybackClaims, path: LivePath): void {
  const { kind, scope } = claims;
  if (kind === 'live') {
    requirePlace(scope, path);
    if (path.kind !== 'live-file' && path.view.kind !== 'live' && path.view.kind !== 'dvr') throw foreignToken();
    return;
  }
  if (kind !== 'range' && kind !== 'rehearsal') throw foreignToken();
  const { fromCell, toCell } = rangeOf(claims);
  requirePlace(scope.replace(/-\d+-\d+$/, ''), path);
  if (path.kind === 'live-file') return;
  const name = viewNameFor(path.view, undefined);
  if (name !== `from-${fromCell}` && name !== `range-${fromCell}-${toCell}`) throw foreignToken();
}

/** A token of a place opens the lists of that place; segments have one address for all. */
function requirePlace(scope: string, path: LivePath): void {
  const place = path.kind === 'live-file' ? placeOfScope(scope) : path.view.group;
  if (scope !== channelScope(path.channel, place)) throw foreignToken();
}

/** The place that a token is about. */
function placeOf({ kind, scope }: PlaybackClaims): string | undefined {
  return placeOfScope(kind === 'live' ? scope : scope.replace(/-\d+-\d+$/, ''));
}

function answerLiveFile(
  door: Door,
  visit: Visit,
  path: Extract<LivePath, { kind: 'live-file' }>,
  onAir: ChannelOnAir,
): Promise<void> | undefined {
  const { claims } = visit;
  const atMs = seenAtMs(visit);
  const { revision, rendition } = path;
  const isLive = claims.kind === 'live';
  const { fromCell, toCell } = rangeOf(claims);
  const open = isLive ? door.openRevisions.live(onAir, atMs) : door.openRevisions.range(onAir, fromCell, toCell, atMs);
  if (!open.has(revision) || rendition.package !== onAir.channel.package) throw foreignToken();
  const filmId = onAir.document.timeline.revisions[revision]?.filmId;
  if (filmId !== undefined) requireShown(door, filmId);
  const wanted = { revision, file: vodFileOf(path), isLive };
  const film = door.films.peek(revision);
  if (film !== undefined) return sendFile(door, visit, film, wanted);
  return door.films.find(revision).then((found) => {
    if (found === undefined) throw notFound('film');
    return sendFile(door, visit, found, wanted);
  });
}
