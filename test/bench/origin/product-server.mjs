// Our server as it runs: the web server, the media door, a channel on air from its snapshot, films in a folder.
// node product-server.mjs FOLDER: prints one line of JSON with its port and the addresses to ask for.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { built } from './built.mjs';

const { listen } = await built('server/process/web-server.js');
const { createMediaDoor } = await built('server/http/media-door.js');
const { createListener } = await built('server/app.js');
const { createChannelPlaylists } = await built('server/onair/channel-playlists.js');
const { createOpenRevisions } = await built('server/onair/open-revisions.js');
const { createOnAir } = await built('server/onair/on-air.js');
const { packDocument } = await built('server/onair/channel-document.js');
const { snapshotFile } = await built('server/onair/snapshot-file.js');
const { createPlaybackGate } = await built('server/playback/playback-gate.js');
const { channelLinks } = await built('server/playback/playback-links.js');
const { createFilmShelf } = await built('server/media-files/film-shelf.js');
const { createMediaFiles } = await built('server/media-files/media-files.js');
const { createSegmentMemory } = await built('server/media-files/segment-memory.js');
const { openDiskStorage } = await built('media/storage/disk-storage.js');
const { emptyTimeline } = await built('media/plan/timeline.js');
const { splice } = await built('media/plan/splice.js');
const { cellAt } = await built('media/grid/cell.js');
const pino = (await import('pino')).default;

const folder = process.argv[2] ?? '.';
const films = JSON.parse(await readFile(join(folder, 'films.json'), 'utf8'));
const clock = () => Date.now();

/** Every film aired within the last two hours, one after the other, so that the channel's token opens them all. */
function timelineOf() {
  const fromCell = cellAt(clock()) - 1700;
  const facts = (film) => ({
    filmId: film.id,
    title: film.name,
    segments: film.segments,
    durationMs: film.segments * 4000,
    rungs: ['1080p'],
    packages: ['ts'],
  });
  const slate = films[0];
  let cell = cellAt(clock()) - 600;
  const planned = films.slice(1).map((film) => {
    const run = { fromCell: cell, cells: film.segments, revision: film.revision, firstSegment: 0, itemId: film.name };
    cell += film.segments + 15;
    return run;
  });
  const item = (film) => ({ filmId: film.id, title: film.name, kind: 'item', mustWatch: false });
  const empty = emptyTimeline('bench', '2026', fromCell, { revision: slate.revision, facts: facts(slate) });
  return splice(empty, fromCell, {
    planned,
    revisions: Object.fromEntries(films.map((film) => [film.revision, facts(film)])),
    items: Object.fromEntries(films.slice(1).map((film) => [film.name, item(film)])),
  });
}

const document = { format: 1, timeline: timelineOf(), announcements: {} };
const channel = {
  code: 'bench',
  name: 'bench',
  audience: 'public',
  package: 'ts',
  groups: [],
  fillerCategories: [],
  fillerRestHours: 0,
};
const head = {
  channel: 'bench',
  seq: 1,
  document: packDocument(document).hash,
  movedAtMs: clock(),
  by: 'bench',
  reason: 'bench',
};
const snapshots = snapshotFile(folder);
await snapshots.save({
  format: 1,
  verifiedAtMs: clock(),
  channels: [channel],
  onAir: [{ head, document }],
  withdrawn: [],
  epochs: {},
});
const onAir = createOnAir({
  clock,
  snapshots,
  heads: undefined,
  channels: undefined,
  withdrawnFilms: undefined,
  tokenEpochs: undefined,
});
if (!(await onAir.restore())) throw new Error('The snapshot was not read back.');

const gate = createPlaybackGate([createHash('sha256').update('bench').digest('hex')], (subject) =>
  onAir.tokenEpoch(subject),
);
const storage = await openDiskStorage(join(folder, 'media'));
const memory = createSegmentMemory(256 * 1_048_576, (key) => storage.read(key));
const door = createMediaDoor({
  clock,
  log: pino({ level: 'warn' }, pino.destination(2)),
  gate,
  onAir,
  playlists: createChannelPlaylists(),
  openRevisions: createOpenRevisions(),
  films: createFilmShelf(storage, clock),
  files: createMediaFiles(storage, memory),
});
const web = await listen(
  createListener((_request, response) => void response.writeHead(404).end(), door),
  '127.0.0.1',
  0,
);
const { live } = channelLinks(gate, { channel, timeline: document.timeline }, clock());
const base = live.replace(/live\/multivariant\.m3u8$/, '1080p/');
console.log(JSON.stringify({ port: web.port, list: `${base}live.m3u8`, base }));
