import type { Channel } from '../../media/contract/channels.ts';
import type { ParentOf } from '../../media/plan/settle-layers.ts';
import { AppError, notFound } from '../errors.ts';
import type { ChannelDocument } from './channel-document.ts';
import type { Head, HeadStore } from './head-store.ts';
import type { PlayableChannel } from '../playback/playback-links.ts';
import type { ChannelOnAir } from './channel-on-air.ts';
import { createPlaceSight, type PlaceSight, rememberedLayers } from './place-sight.ts';
import type { Snapshot, SnapshotFile } from './snapshot-file.ts';
import type { StoredLayer } from './stored-layer.ts';

/** The channel as links to it need it. */
export const playableOf = ({ channel, document, place }: ChannelOnAir): PlayableChannel => ({
  channel,
  timeline: document.timeline,
  group: place,
});

/** What this replica knows of all channels; reading it never waits. */
export interface OnAir {
  /** Asks the database what is on air, what is withdrawn and which tokens are revoked; rejects when it does not answer. */
  readonly refresh: () => Promise<void>;
  /** Called whenever this replica has asked and knows what is on air. */
  readonly onLearnt: (() => void)[];
  /** Fills memory from the last good snapshot on disk, for a replica that starts while the database is away. */
  readonly restore: () => Promise<boolean>;
  readonly channels: () => readonly Channel[];
  /** Undefined for a channel that does not exist or has nothing on air yet. */
  readonly find: (code: string) => ChannelOnAir | undefined;
  /** The same, or the error that viewers get: 404, 503 `starting`, 503 `head_stale`. */
  readonly require: (code: string, atMs: number) => ChannelOnAir;
  /** The channel as a place sees it; the channel itself without a place. */
  readonly seenFrom: PlaceSight;
  /** What a place has of its own, as this replica holds it; undefined where it has nothing. */
  readonly layerOf: (onAir: ChannelOnAir, place: string) => StoredLayer | undefined;
  readonly parentOf: ParentOf;
  /** Whether a film may not be shown, for whatever reason. */
  readonly isWithdrawn: (filmId: string) => boolean;
  readonly withdrawn: () => ReadonlySet<string>;
  /** Those of them whose stored files are damaged, in order. */
  readonly damaged: () => readonly string[];
  /** Generation of a subject's tokens. @defaultValue 0 */
  readonly tokenEpoch: (subject: string) => number;
  /** When the database confirmed all this last; undefined before the first time. */
  readonly verifiedAtMs: () => number | undefined;
}

/** Where the facts come from. */
export interface OnAirSources {
  readonly clock: () => number;
  readonly heads: HeadStore;
  readonly channels: { list(): Promise<readonly Channel[]> };
  readonly places: { parents(): Promise<Readonly<Record<string, string>>> };
  /** Ids of films that may not be shown any more. */
  readonly withdrawnFilms: () => Promise<readonly string[]>;
  /** Those of them whose stored files are damaged. */
  readonly damagedFilms: () => Promise<readonly string[]>;
  readonly tokenEpochs: () => Promise<Readonly<Record<string, number>>>;
  readonly snapshots: SnapshotFile;
}

/**
 * How long a replica goes on without hearing from the database. Nobody can publish while it is away for all, so the last
 * head stays true; a day covers the longest repair without hiding for ever that a replica was cut off (fault F16).
 */
export const HEAD_LEASE_MS = 24 * 3_600_000;
/** A snapshot with nothing new is saved again after this, so that the lease of a restarted replica begins about now. */
const saveAgainMs = 60_000;

const nothing: Snapshot = { format: 1, verifiedAtMs: 0, channels: [], onAir: [], withdrawn: [], epochs: {} };

export function createOnAir(sources: OnAirSources): OnAir {
  const { clock, heads, snapshots } = sources;
  let known: Snapshot = nothing;
  let byCode = new Map<string, ChannelOnAir>();
  let withdrawn: ReadonlySet<string> = new Set();
  let savedAtMs = Number.NEGATIVE_INFINITY;
  let asked = 0;
  let answered = 0;

  const learn = (snapshot: Snapshot): void => {
    known = snapshot;
    withdrawn = new Set(snapshot.withdrawn);
    const documents = new Map(snapshot.onAir.map((each) => [each.head.channel, each]));
    byCode = new Map(
      snapshot.channels.flatMap((channel) => {
        const onAir = documents.get(channel.code);
        return onAir === undefined ? [] : [[channel.code, { channel, ...onAir }]];
      }),
    );
  };
  /** Documents are immutable: only those whose name is new are read. */
  const withDocument = async (head: Head): Promise<Snapshot['onAir'][number]> => {
    const before = byCode.get(head.channel);
    const same = before?.head.document === head.document;
    const document = same ? before.document : await heads.document(head.document);
    return { head, document, ...(await withLayers(document, before?.layers)) };
  };
  /** Packed layers of the places; those that are known already are not read again. */
  const withLayers = async (
    { places }: ChannelDocument,
    before: Readonly<Record<string, string>> = {},
  ): Promise<Pick<Snapshot['onAir'][number], 'layers'>> => {
    const wanted = Object.values(places ?? {}).map(({ layer }) => layer);
    if (wanted.length === 0) return {};
    const missing = wanted.filter((hash) => !Object.hasOwn(before, hash));
    const read = missing.length === 0 ? new Map<string, Buffer>() : await heads.layers(missing);
    return {
      layers: Object.fromEntries(
        wanted.map((hash) => [hash, before[hash] ?? read.get(hash)?.toString('base64') ?? '']),
      ),
    };
  };
  const save = async (before: Snapshot): Promise<void> => {
    const same = JSON.stringify(gist(before)) === JSON.stringify(gist(known));
    if (same && known.verifiedAtMs - savedAtMs < saveAgainMs) return;
    await snapshots.save(known);
    savedAtMs = known.verifiedAtMs;
  };
  const onLearnt: (() => void)[] = [];
  const parentOf: ParentOf = (place) => {
    const { parents = {} } = known;
    return Object.hasOwn(parents, place) ? parents[place] : undefined;
  };
  return {
    onLearnt,
    refresh: async () => {
      const before = known;
      const ask = (asked += 1);
      const askedAtMs = clock();
      const [channels, found, films, damaged, epochs, parents] = await Promise.all([
        sources.channels.list(),
        heads.all(),
        sources.withdrawnFilms(),
        sources.damagedFilms(),
        sources.tokenEpochs(),
        sources.places.parents(),
      ]);
      const onAir = await Promise.all(found.map(withDocument));
      // Two refreshes may overlap: an older answer must not put an older head back.
      if (answered > ask) return;
      answered = ask;
      learn({
        format: 1,
        verifiedAtMs: askedAtMs,
        channels: [...channels],
        onAir,
        withdrawn: [...films].sort(),
        damaged: [...damaged].sort(),
        epochs: { ...epochs },
        parents,
      });
      for (const tell of onLearnt) tell();
      await save(before);
    },
    restore: async () => {
      const snapshot = await snapshots.load();
      if (snapshot !== undefined && snapshot.verifiedAtMs > known.verifiedAtMs) learn(snapshot);
      return snapshot !== undefined;
    },
    channels: () => known.channels,
    find: (code) => byCode.get(code),
    require: (code, atMs) => {
      const found = byCode.get(code);
      if (found !== undefined) {
        requireLease(known.verifiedAtMs, atMs);
        return found;
      }
      const isKnown = known.channels.some((channel) => channel.code === code);
      if (known.verifiedAtMs > 0 && !isKnown) throw notFound('channel');
      throw new AppError('starting', 'The channel is being prepared. Try again in a few seconds.', { retryAfterS: 5 });
    },
    seenFrom: createPlaceSight(parentOf),
    layerOf: rememberedLayers(),
    parentOf,
    isWithdrawn: (filmId) => withdrawn.has(filmId),
    withdrawn: () => withdrawn,
    damaged: () => known.damaged ?? [],
    tokenEpoch: (subject) => {
      const revoked = Object.hasOwn(known.epochs, subject) ? (known.epochs[subject] ?? 0) : 0;
      // A channel that is no longer for everybody is a new generation by that fact alone.
      const channel = known.channels.find(({ code }) => code === subject);
      return 2 * revoked + (channel?.audience === 'members' ? 1 : 0);
    },
    verifiedAtMs: () => (known.verifiedAtMs === 0 ? undefined : known.verifiedAtMs),
  };
}

function requireLease(verifiedAtMs: number, atMs: number): void {
  if (atMs - verifiedAtMs <= HEAD_LEASE_MS) return;
  const message =
    'This server has not reached the database for a day and stops here. Ask for another server, or mend it.';
  throw new AppError('head_stale', message, { retryAfterS: 30 });
}

/** What of a snapshot is worth saving again. */
const gist = ({ channels, onAir, withdrawn, damaged, epochs, parents }: Snapshot): unknown => [
  channels,
  onAir.map(({ head }) => head),
  withdrawn,
  damaged,
  epochs,
  parents,
];
