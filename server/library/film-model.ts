import { type Connection, type Model, Schema } from 'mongoose';
import { filmStates } from '../../media/film/film-state.ts';
import type { FilmRecord } from './film-record.ts';

/** A film as stored: the record, and what the search index is made of. */
export interface FilmDocument extends Omit<FilmRecord, 'id'> {
  _id: string;
  searchText: string;
  grams: readonly string[];
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
/** Written and read whole, and typed by FilmRecord: mongoose has nothing to look for inside. */
const plain = { type: Schema.Types.Mixed } as const;

const schema = new Schema<FilmDocument>(
  {
    _id: text,
    version: number,
    title: text,
    category: String,
    language: text,
    synopsis: String,
    chapters: { type: [plain.type], default: undefined },
    audience: { ...text, enum: ['public', 'members'] },
    featured: Boolean,
    poster: plain,
    ownPoster: String,
    airFrom: String,
    airUntil: String,
    state: { ...text, enum: filmStates },
    stateAtMs: number,
    problem: plain,
    warnings: [plain],
    filename: text,
    sourceBytes: number,
    sourceSha256: String,
    owner: { _id: false, id: text, name: text },
    place: text,
    createdAtMs: number,
    attempt: number,
    queuedAtMs: Number,
    bumpedAtMs: Number,
    pausedAtMs: Number,
    revision: String,
    durationMs: Number,
    package: plain,
    progress: plain,
    playable: { type: Boolean, required: true },
    reviews: [plain],
    duplicateOf: String,
    renews: String,
    sourceId: String,
    leftSources: { type: [String], default: undefined },
    tracks: { type: [plain.type], default: undefined },
    trackChanges: { type: [plain.type], default: undefined },
    earlierRevisions: { type: [String], default: undefined },
    originalDropped: Boolean,
    verifiedAtMs: Number,
    verifyAskedAtMs: Number,
    verifyNext: plain,
    damage: plain,
    card: plain,
    searchText: text,
    grams: [String],
  },
  { collection: 'films', versionKey: false, minimize: false },
);
// Ids sort by creation, so `_id` descending is newest first.
schema.index({ state: 1, _id: -1 });
schema.index({ state: 1, queuedAtMs: 1 });
schema.index({ category: 1, _id: -1 });
schema.index({ featured: 1, _id: -1 });
schema.index({ 'owner.id': 1, createdAtMs: -1 });
schema.index({ grams: 1 });
schema.index({ revision: 1 });
schema.index({ sourceSha256: 1, _id: -1 });
schema.index({ earlierRevisions: 1 });
schema.index({ renews: 1 });
schema.index({ leftSources: 1 });
schema.index({ state: 1, originalDropped: 1 });
schema.index({ 'card.package': 1 });
schema.index({ 'damage.atMs': 1 });
schema.index({ verifyAskedAtMs: 1 });
schema.index({ state: 1, verifiedAtMs: 1 });

/** Films on one connection. */
export const filmModel = (database: Connection): Model<FilmDocument> => database.model<FilmDocument>('Film', schema);
