import { join } from 'node:path';
import type { MarkThresholds } from '../../media/film/technical-check.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { embeddedPlaces } from '../database/socket-paths.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import { openQueuePause, type QueuePause } from '../queue/queue-pause.ts';
import { openTranscodeQueue, type TranscodeQueue } from '../queue/transcode-queue.ts';
import type { SettingsParts } from '../settings/settings-parts.ts';
import type { StatusParts } from '../health/status-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Arranger, openArranger } from './arrange-queue.ts';
import { filmCatalogue, type FilmCatalogue } from './film-catalogue.ts';
import { type FilmStore, filmStore } from './film-store.ts';
import { keepLibrary } from './keep-library.ts';
import type { TranscodeParts } from './request-transcode.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { openUploadFiles, type UploadFiles } from './upload-files.ts';
import { houseUploadLimits, type UploadLimits } from './upload-limits.ts';

/** The library's share of the server's parts. */
export interface LibraryParts {
  readonly films: FilmStore;
  readonly filmCatalogue: FilmCatalogue;
  readonly shelf: Shelf;
  readonly transcodeQueue: TranscodeQueue;
  readonly arranger: Arranger;
  readonly queuePause: QueuePause;
  /** `redis://...` or a socket path: where queue and events are. */
  readonly redisAddress: string;
  readonly encodeOptions: TranscodeParts['encodeOptions'];
  /** Whether uploads are kept once their film is ready, as the county set it. */
  readonly keepOriginals: () => Promise<boolean>;
  /** From where on the county is shown a mark of the technical check. */
  readonly markLimits: () => Promise<MarkThresholds>;
  readonly uploadFiles: UploadFiles;
  readonly uploadLimits: UploadLimits;
}

/** Makes them; what the library does by itself begins with the server's starters. Redis need not be there. */
export function libraryParts(
  surroundings: Surroundings &
    Pick<StatusParts, 'replicaName'> &
    Pick<AuditParts, 'audit'> &
    Pick<SettingsParts, 'countySettings'> &
    Pick<PlaceParts, 'categories'>,
  limits: UploadLimits = houseUploadLimits,
): LibraryParts {
  const { database, storage, settings, dataDir, log, clock, countySettings, readiness, starters, closers } =
    surroundings;
  const films = filmStore(database);
  const shelf = openShelf(storage);
  const redisAddress = settings.REDIS_URL ?? embeddedPlaces(dataDir).redisSocket;
  const bare = openTranscodeQueue(redisAddress, log);
  const catalogue = filmCatalogue({ films, shelf, planChanged: () => void arranger.arrange() });
  const arranger = openArranger({ films, filmCatalogue: catalogue, transcodeQueue: bare, clock, log });
  const transcodeQueue: TranscodeQueue = {
    ...bare,
    add: async (jobs) => {
      await bare.add(jobs);
      await arranger.arrange();
    },
  };
  readiness.set('queue', () => transcodeQueue.trouble());
  closers.push(async () => {
    await arranger.settle();
    await transcodeQueue.close();
  });
  const parts: LibraryParts = {
    films,
    filmCatalogue: catalogue,
    shelf,
    transcodeQueue,
    arranger,
    queuePause: openQueuePause(database),
    redisAddress,
    encodeOptions: async () => {
      const { loudnessLufs, hevc2160p, highestRung } = await countySettings.at(clock());
      return { loudnessLufs, hevc2160p, highestRung };
    },
    keepOriginals: async () => (await countySettings.at(clock())).keepOriginals,
    markLimits: async () => (await countySettings.at(clock())).technicalCheck,
    uploadFiles: openUploadFiles(join(dataDir, 'uploads'), limits.expiryMs),
    uploadLimits: limits,
  };
  starters.push(() => keepLibrary({ ...surroundings, ...parts }));
  return parts;
}
