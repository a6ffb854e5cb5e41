import type { NamedRevision } from '../../media/plan/timeline.ts';
import type { ChannelParts } from '../channels/channel-parts.ts';
import type { FilmCatalogue } from '../library/film-catalogue.ts';
import type { FilmPaths } from '../library/film-playback.ts';
import { filmAirings } from './film-airings.ts';
import { filmLinks, posterLink, reviewCopyLinks } from '../playback/playback-links.ts';
import { createPlaybackGate, type PlaybackGate } from '../playback/playback-gate.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import { type TokenEpochStore, tokenEpochStore } from '../playback/token-epoch-store.ts';
import type { SettingsParts } from '../settings/settings-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { type AcknowledgementStore, acknowledgementStore } from './acknowledgement-store.ts';
import { alarmBell, type AlarmBell } from './alarm-bell.ts';
import { type AlarmStore, alarmStore } from './alarm-store.ts';
import { type AirMarks, airMarks, keepMarking } from './air-marks.ts';
import { type ChannelPlaylists, createChannelPlaylists } from './channel-playlists.ts';
import { type HeadStore, headStore } from './head-store.ts';
import { createOnAir, type OnAir } from './on-air.ts';
import { createOpenRevisions, type OpenRevisions } from './open-revisions.ts';
import { createPush, type Push } from './push.ts';
import { revisionsInUse } from './revisions-in-use.ts';
import { snapshotFile } from './snapshot-file.ts';
import { tendChannels } from './tend-channels.ts';
import { upkeepBook, type UpkeepBook } from './upkeep-book.ts';

/** What being on air must know of the library. */
export interface OnAirNeeds {
  readonly filmCatalogue: Pick<
    FilmCatalogue,
    'withdrawnFilms' | 'damagedFilms' | 'airingsOf' | 'onWithdrawn' | 'revisionsInUse' | 'table' | 'readyIn'
  >;
  /** The slate's revision with its facts; undefined until it is encoded. */
  readonly slate: () => Promise<NamedRevision | undefined>;
}

export interface OnAirParts {
  readonly heads: HeadStore;
  readonly onAir: OnAir;
  readonly gate: PlaybackGate;
  readonly tokenEpochs: TokenEpochStore;
  readonly push: Push;
  readonly airMarks: AirMarks;
  readonly acknowledgements: AcknowledgementStore;
  readonly alarms: AlarmStore;
  readonly bell: AlarmBell;
  readonly upkeep: UpkeepBook;
  readonly playlists: ChannelPlaylists;
  readonly openRevisions: OpenRevisions;
  /** Playback URLs of films, for the library. */
  readonly filmPaths: FilmPaths;
  /** Days that catch-up is kept, by the county's settings; the last known ones while the database is away. */
  readonly catchUpDays: () => Promise<number>;
  /** Asks the database once and brings channels to what it says; `keepOnAir` repeats it. Rejects when the database is away. */
  readonly tend: () => Promise<void>;
}

const defaultCatchUpDays = 30;

export function onAirParts(
  surroundings: Surroundings & ChannelParts & SettingsParts & Pick<PlaceParts, 'places'> & OnAirNeeds,
): OnAirParts {
  const { database, clock, channels, countySettings, dataDir, secret, settings, filmCatalogue, slate } = surroundings;
  const { log, starters, closers, places } = surroundings;
  const heads = headStore(database);
  const tokenEpochs = tokenEpochStore(database);
  const onAir = createOnAir({
    clock,
    heads,
    channels,
    places,
    withdrawnFilms: () => filmCatalogue.withdrawnFilms(),
    damagedFilms: () => filmCatalogue.damagedFilms(),
    tokenEpochs: () => tokenEpochs.all(),
    snapshots: snapshotFile(dataDir),
  });
  const gate = createPlaybackGate([secret], (subject) => onAir.tokenEpoch(subject));
  let days = defaultCatchUpDays;
  const catchUpDays = async (): Promise<number> => {
    try {
      days = (await countySettings.at(clock())).catchUpDays;
    } catch {
      // The channel goes on without the database, with what was known.
    }
    return days;
  };
  const alarms = alarmStore(database);
  const upkeep = upkeepBook({ log, metrics: surroundings.metrics });
  const bell = alarmBell({ alarms, log, metrics: surroundings.metrics });
  const tending = {
    clock,
    heads,
    places,
    catchUpDays,
    onAir,
    timeZone: settings.TIME_ZONE,
    slate,
    filmCatalogue,
    bell,
    upkeep,
  };
  const parts: OnAirParts = {
    heads,
    onAir,
    tokenEpochs,
    push: createPush(onAir, clock, surroundings.metrics),
    airMarks: airMarks(database, clock),
    acknowledgements: acknowledgementStore(database),
    alarms,
    bell,
    upkeep,
    gate,
    filmPaths: {
      links: (film, atMs, kind) => filmLinks(gate, film, atMs, kind),
      reviewCopy: (filmId, atMs) => reviewCopyLinks(gate, filmId, atMs),
      poster: (film, poster, atMs) => posterLink(gate, film, poster, atMs),
    },
    playlists: createChannelPlaylists(),
    openRevisions: createOpenRevisions(),
    catchUpDays,
    tend: async () => {
      await onAir.refresh();
      if (await tendChannels(tending)) await onAir.refresh();
    },
  };
  filmCatalogue.airingsOf.push((filmId, atMs) => filmAirings(parts, filmId, atMs));
  filmCatalogue.revisionsInUse.push((atMs) => revisionsInUse(parts, atMs));
  // At once where the withdrawal happens; what goes wrong here is made good by the next look.
  filmCatalogue.onWithdrawn.push(() =>
    parts.tend().catch((error: unknown) => log.warn({ err: error }, 'slate is late')),
  );
  starters.push(() => keepOnAir({ ...parts, log, closers }));
  starters.push(() => keepMarking({ marks: parts.airMarks, clock, log, closers }));
  return parts;
}

/** How often every replica asks what is on air and what is withdrawn. */
const pollMs = 2000;

/**
 * Keeps a replica's knowledge at most 2 s old until the server closes; starts from the last good snapshot when the database is
 * away. Resolves after the first look, whatever it found.
 */
export async function keepOnAir(parts: OnAirParts & Pick<Surroundings, 'log' | 'closers'>): Promise<void> {
  const { log, onAir, tend } = parts;
  let stopped = false;
  let wasAway = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    try {
      await tend();
      if (wasAway) log.info('the database answers again');
      wasAway = false;
    } catch (error) {
      if (!wasAway)
        log.warn({ err: error }, 'channels go on from the last good snapshot: the database does not answer');
      wasAway = true;
    }
  };
  const again = (): void => {
    if (stopped) return;
    timer = setTimeout(() => void look().then(again), pollMs);
    timer.unref();
  };
  parts.closers.push(() => {
    stopped = true;
    clearTimeout(timer);
    return Promise.resolve();
  });
  await onAir.restore();
  await look();
  again();
}
