import { DetailedError, Upload } from 'tus-js-client';
import { ApiError } from '../../../shared/api-error.ts';
import { readProblem } from '../../../shared/problem.ts';
import { sessionLost } from '../../session/api.ts';
import { type FilmWords, wordsOf } from './upload-entry.ts';

/** An upload under way. */
export interface Sending {
  readonly pause: () => Promise<void>;
  /** Deletes at the server what was sent. */
  readonly abandon: () => Promise<void>;
}

/** What an upload tells. */
export interface SendEvents {
  readonly onFilm: (filmId: string) => void;
  readonly onProgress: (sentBytes: number) => void;
  readonly onInterrupted: () => void;
  readonly onDone: () => void;
  readonly onFailed: (error: ApiError) => void;
}

const endpoint = '/api/uploads';
/** About two hours of trying; any progress starts the count again. */
const retryDelays = [0, 1000, 3000, 5000, 10_000, ...Array.from({ length: 480 }, () => 15_000)];

/** An earlier attempt at sending this very file from this browser. */
export interface EarlierSending extends FilmWords {
  readonly filmId?: string;
}

/** What was written when part of this very file was sent before as a film; undefined where none was. */
export async function findEarlier(file: File): Promise<EarlierSending | undefined> {
  const found = await new Upload(file, { endpoint }).findPreviousUploads().catch(() => []);
  const latest = found.find(({ metadata }) => metadata['trackOf'] === undefined);
  if (latest === undefined) return undefined;
  const filmId = latest.uploadUrl?.split('/').at(-1);
  return { ...wordsOf(latest.metadata, file.name), ...(filmId === undefined ? {} : { filmId }) };
}

/** Sends a file by tus 1.0, from where an earlier attempt stopped. */
export function send(file: File, words: FilmWords, events: SendEvents): Sending {
  let isStopped = false;
  const upload = new Upload(file, {
    endpoint,
    retryDelays,
    removeFingerprintOnSuccess: true,
    metadata: metadataOf(file, words),
    onUploadUrlAvailable: () => {
      const filmId = upload.url?.split('/').at(-1);
      if (filmId !== undefined) events.onFilm(filmId);
    },
    onProgress: (sentBytes) => events.onProgress(sentBytes),
    onSuccess: () => events.onDone(),
    onShouldRetry: (error) => {
      const mayRetry = isPassing(statusOf(error)) && !isStopped;
      if (mayRetry) events.onInterrupted();
      return mayRetry;
    },
    onError: (error) => {
      if (statusOf(error) === 401) sessionLost.set(true);
      if (!isStopped) events.onFailed(problemOf(error));
    },
  });
  const begun = upload.findPreviousUploads().then(
    (earlier) => {
      if (isStopped) return;
      // The same recording or file may be sent for another film.
      const latest = earlier.find(
        ({ metadata }) => metadata['trackOf'] === words.trackOf && metadata['replaces'] === words.replaces,
      );
      if (latest !== undefined) upload.resumeFromPreviousUpload(latest);
      upload.start();
    },
    () => upload.start(),
  );
  const stop = async (terminate: boolean) => {
    isStopped = true;
    await begun;
    await upload.abort(terminate).catch(() => undefined);
  };
  return { pause: () => stop(false), abandon: () => stop(true) };
}

function metadataOf(
  file: File,
  { title, category, language, synopsis, trackOf, trackName, replaces }: FilmWords,
): Record<string, string> {
  const synopsisText = synopsis?.trim() ?? '';
  return {
    filename: file.name,
    title: title.trim() || file.name,
    language,
    ...(category === undefined ? {} : { category }),
    ...(synopsisText === '' ? {} : { synopsis: synopsisText }),
    ...(trackOf === undefined ? {} : { trackOf }),
    ...(trackName === undefined ? {} : { trackName }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(file.type === '' ? {} : { filetype: file.type }),
  };
}

const statusOf = (error: Error | DetailedError): number =>
  error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;

/** A lost network, a starting server, a lock that another attempt still holds: it passes by itself. */
const isPassing = (status: number): boolean =>
  status === 0 || [409, 423, 429, 460].includes(status) || (status >= 500 && status !== 507);

function problemOf(error: Error | DetailedError): ApiError {
  const status = statusOf(error);
  if (status === 0 || !(error instanceof DetailedError)) {
    return new ApiError({ status: 0, code: 'network', detail: error.message });
  }
  return readProblem(status, error.originalResponse?.getBody() ?? '', null);
}
