import { type Connection, type Model, Schema } from 'mongoose';
import type { QualitySums } from '../../media/quality/quality-sums.ts';

/** What the plays of one subject at one place came to in one hour. */
export interface QualityHourRow {
  /** Hour, page, mode, place, subject. */
  _id: string;
  /** Hours since the epoch. */
  hour: number;
  place: string;
  /** `film/{id}` or `channel/{code}`. */
  subject: string;
  sums: QualitySums;
  /** Forgotten from then on, as the county set it. */
  until: Date;
}

/** How often a film was watched in one county month; kept as long as the film's record. */
export interface FilmWatchRow {
  /** Film and month. */
  _id: string;
  film: string;
  /** `2026-12`. */
  month: string;
  plays: number;
  watchedMs: number;
}

/** The newest batch that was counted of a page that reports. */
export interface QualitySenderRow {
  _id: string;
  seq: number;
  at: Date;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
/** A page that was away for longer than this tells nothing that was not told. */
const senderKeptS = 7 * 86_400;

const hours = new Schema<QualityHourRow>(
  {
    ...{ _id: text, hour: number, place: text, subject: text },
    sums: { type: Schema.Types.Mixed, required: true },
    until: { type: Date, required: true, expires: 0 },
  },
  { collection: 'qualityHours', versionKey: false, minimize: false },
);
hours.index({ hour: 1 });

const watches = new Schema<FilmWatchRow>(
  { _id: text, film: { ...text, index: true }, month: text, plays: number, watchedMs: number },
  { collection: 'filmWatches', versionKey: false },
);

const senders = new Schema<QualitySenderRow>(
  { _id: text, seq: number, at: { type: Date, required: true, expires: senderKeptS } },
  { collection: 'qualitySenders', versionKey: false },
);

export const qualityHourModel = (database: Connection): Model<QualityHourRow> =>
  database.model<QualityHourRow>('QualityHour', hours);
export const filmWatchModel = (database: Connection): Model<FilmWatchRow> =>
  database.model<FilmWatchRow>('FilmWatch', watches);
export const qualitySenderModel = (database: Connection): Model<QualitySenderRow> =>
  database.model<QualitySenderRow>('QualitySender', senders);
