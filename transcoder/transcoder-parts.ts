import type { Logger } from 'pino';
import type { TranscodeProgress } from '../media/contract/transcode-job.ts';
import type { Storage } from '../media/storage/storage.ts';
import type { Sandbox } from './ffmpeg/sandbox.ts';

/** What every job is made with. */
export type TranscoderParts = {
  readonly storage: Storage;
  readonly sandbox: Sandbox;
  readonly log: Logger;
  /** Sources fetched from a store that is not a disk are kept here for the film's next job. */
  readonly sourceFolder: string;
};

/** One try at one job. */
export type Attempt = {
  /** Part of every folder that this try fills, so that two tries never write into one: lower-case letters and digits. */
  readonly token: string;
  /** Local folder of this try, empty at its start, removed after it. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly report: (progress: TranscodeProgress) => void;
};
