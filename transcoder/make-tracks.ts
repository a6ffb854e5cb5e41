import { createHash } from 'node:crypto';
import { z } from 'zod';
import { idOfDigest, type Id } from '../media/contract/ids.ts';
import {
  filmProblemSchema,
  type FilmProblem,
  type TranscodeJob,
  type TranscodeResult,
} from '../media/contract/transcode-job.ts';
import { audioRecordSchema } from '../media/film/audio-record.ts';
import type { EncodePlan } from '../media/film/encode-plan.ts';
import { packageFileSchema, type PackageManifest } from '../media/film/package-manifest.ts';
import { readSubtitles } from '../media/film/read-subtitles.ts';
import { trackMediaText, trackRevisionText } from '../media/film/revision-id.ts';
import { sliceWebvtt } from '../media/film/slice-webvtt.ts';
import { type MadeTrack, withTracks } from '../media/film/with-tracks.ts';
import { addedTrackFolder, addedTrackKey, manifestKey } from '../media/storage/keys.ts';
import { copyToCmaf } from './copy-to-cmaf.ts';
import { failVerification, TranscodeFailure } from './ffmpeg/run-failure.ts';
import { storeWebvtt, textBases } from './film-extras.ts';
import { makeSoundTrack } from './make-sound-track.ts';
import { hashOf } from './prepare-film.ts';
import { needPlan, readFact, readManifest, writeFact } from './shelf.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

type TracksJob = Extract<TranscodeJob, { kind: 'tracks' }>;
type AskedTrack = TracksJob['tracks'][number];

const textsSchema = z.object({ path: z.string(), files: z.array(packageFileSchema) });
/** `added/{media}.json`: the media of one added track is whole. */
const mediaFactSchema = z.object({
  sound: audioRecordSchema.optional(),
  texts: z.object({ ts: textsSchema, cmaf: textsSchema }).optional(),
  warnings: z.array(filmProblemSchema),
});
type MediaFact = z.infer<typeof mediaFactSchema>;

type Base = { readonly manifest: PackageManifest; readonly plan: EncodePlan };
type Made = { readonly media: Id; readonly made: MadeTrack; readonly warnings: readonly FilmProblem[] };

const isProblem = (value: object): value is FilmProblem => 'cure' in value;
const idOfText = (text: string): Id => idOfDigest(createHash('sha256').update(text).digest());

/**
 * Makes a revision that has more or other languages and subtitles than a whole one, and refers to everything else by the keys
 * of that one: no picture is encoded or stored again.
 */
export async function makeTracks(parts: TranscoderParts, job: TracksJob, attempt: Attempt): Promise<TranscodeResult> {
  const { storage } = parts;
  attempt.report({ phase: 'probing', ratio: 0 });
  const manifest = (await readManifest(storage, job.base)) ?? failVerification(`revision ${job.base} has no manifest`);
  const base = { manifest, plan: await needPlan(storage, job.base) };
  const made: Made[] = [];
  for (const track of job.tracks) {
    const one = await makeTrack(parts, base, track, attempt);
    if (isProblem(one)) return { outcome: 'refused', problem: one };
    made.push(one);
  }
  const revision = made.length === 0 ? job.base : revisionOf(job.base, made);
  if ((await readManifest(storage, revision)) === undefined) {
    const hasSound = made.some((one) => 'sound' in one.made);
    const cmaf = hasSound ? await copyToCmaf(parts, manifest, attempt) : undefined;
    const tracks = made.map((one) => one.made);
    await writeFact(storage, manifestKey(revision), withTracks(manifest, revision, tracks, cmaf));
  }
  return {
    outcome: 'tracks',
    revision,
    base: job.base,
    tracks: job.tracks.map(({ id }) => id),
    warnings: [...base.plan.warnings, ...made.flatMap(({ warnings }) => warnings)],
  };
}

const revisionOf = (base: Id, made: readonly Made[]): Id =>
  idOfText(
    trackRevisionText(
      base,
      made.map(({ media, made: { track } }) => ({ ...track, media })),
    ),
  );

/** The media of one track, made once for a base whatever else is added to it. */
async function makeTrack(
  parts: TranscoderParts,
  base: Base,
  asked: AskedTrack,
  attempt: Attempt,
): Promise<Made | FilmProblem> {
  const { storage } = parts;
  const { revision } = base.manifest;
  const { sourceKey, ...track } = asked;
  if ((await storage.stat(sourceKey)) === undefined) throw new TranscodeFailure('source_missing');
  const sourceSha256 = await hashOf(parts, sourceKey);
  const media = idOfText(trackMediaText(revision, track.kind, track.language, sourceSha256));
  const key = addedTrackKey(revision, media);
  const known = await readFact(storage, key, mediaFactSchema);
  if (known !== undefined) return madeOf(track, media, known);
  const path = addedTrackFolder(revision, media, attempt.token);
  const fact =
    track.kind === 'audio'
      ? await soundFact(parts, { plan: base.plan, track, sourceKey, path }, attempt)
      : await textFact(parts, base, sourceKey, path);
  if (isProblem(fact)) return fact;
  if (await writeFact(storage, key, fact)) return madeOf(track, media, fact);
  await storage.removeAll(`${path}/`);
  const first = (await readFact(storage, key, mediaFactSchema)) ?? failVerification(`${key} is missing`);
  return madeOf(track, media, first);
}

function madeOf(
  { kind, ...rest }: Omit<AskedTrack, 'sourceKey'>,
  media: Id,
  { sound, texts, warnings }: MediaFact,
): Made {
  if (kind === 'audio' && sound !== undefined) return { media, made: { track: { ...rest, kind }, sound }, warnings };
  if (kind === 'subtitles' && texts !== undefined)
    return { media, made: { track: { ...rest, kind }, texts }, warnings };
  return failVerification(`the media of track ${rest.id} is of another kind`);
}

async function soundFact(
  parts: TranscoderParts,
  work: Parameters<typeof makeSoundTrack>[1],
  attempt: Attempt,
): Promise<MediaFact | FilmProblem> {
  const sound = await makeSoundTrack(parts, work, attempt);
  return isProblem(sound) ? sound : { sound: sound.record, warnings: [...sound.warnings] };
}

/** Subtitles were read and judged at the door: here they are only cut. */
async function textFact(parts: TranscoderParts, base: Base, sourceKey: string, path: string): Promise<MediaFact> {
  const { segments, durationMs } = base.manifest;
  const { cues } = readSubtitles((await parts.storage.read(sourceKey)).toString('utf8'), durationMs);
  const cut = async (name: keyof typeof textBases) => {
    const folder = `${path}/${name}`;
    const files = await storeWebvtt(parts.storage, folder, sliceWebvtt(cues, segments, textBases[name]));
    return { path: folder, files };
  };
  return { texts: { ts: await cut('ts'), cmaf: await cut('cmaf') }, warnings: [] };
}
