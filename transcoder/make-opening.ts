import { cellMs } from '../media/film/chunks.ts';
import { encodeOptionsSchema, planEncode, type EncodePlan } from '../media/film/encode-plan.ts';
import { placeOnCanvas } from '../media/film/ladder.ts';
import type { ProbeFacts } from '../media/film/probe-facts.ts';
import { openingCells, openingLookSeconds, openingRung, type ReviewCopy } from '../media/film/review-copy.ts';
import { packetProblem } from '../media/film/source-verdict.ts';
import { reviewCopyFolder, reviewCopyKey } from '../media/storage/keys.ts';
import { encodePictures } from './encode-chunk.ts';
import { encodeSound } from './encode-audio.ts';
import { probePackets } from './ffmpeg/probe-source.ts';
import type { GuardedSource } from './ffmpeg/source-guard.ts';
import { packageChunk } from './package-chunk.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

type Beginning = { readonly filmId: ReviewCopy['filmId']; readonly source: GuardedSource; readonly facts: ProbeFacts };

/**
 * Encodes the first seconds of a film on one rung, so that there is something to watch while the film is hashed, measured and
 * encoded, all of which takes longer the longer it is. To the rest of the room it is a short film of one chunk, planned from its
 * first packets alone; it has a loudness and a clock of its own, and is never part of the film. Answers whether it was made.
 */
export async function makeOpening(
  parts: TranscoderParts,
  { filmId, source, facts }: Beginning,
  attempt: Omit<Attempt, 'report'>,
): Promise<boolean> {
  const { storage } = parts;
  const plan = await planOpening(parts, { filmId, source, facts }, attempt);
  const [rung, chunk, track] = [plan?.rungs[0], plan?.chunks[0], plan?.audio[0]];
  if (plan === undefined || rung === undefined || chunk === undefined || track === undefined) return false;
  const { folder, signal, token } = attempt;
  const path = reviewCopyFolder(filmId, token);
  const silent: Attempt = { ...attempt, report: () => undefined };
  try {
    const [audio] = await Promise.all([
      encodeSound(parts, { plan, track, file: source.file }, path, silent),
      encodePictures(parts, plan, chunk, { ...silent, file: source.file }),
    ]);
    const [made] = (await packageChunk(storage, { plan, chunk, audio, folder, path, signal })).ts;
    if (made === undefined) return false;
    const copy: ReviewCopy = {
      ...{ schema: 1, filmId, path: `${path}/${rung.name}`, codecs: made.codecs },
      ...{ width: rung.width, height: rung.height, frameRate: rung.frameRate },
      segments: made.files.map(({ bytes }) => ({ durationMs: cellMs, bytes })),
      ended: true,
      opening: true,
    };
    await storage.put(reviewCopyKey(filmId), Buffer.from(`${JSON.stringify(copy)}\n`));
    return true;
  } catch (error) {
    await storage.removeAll(`${path}/`).catch(() => undefined);
    throw error;
  }
}

/** The plan of the first cells on one rung; undefined where they cannot be played. */
async function planOpening(
  parts: TranscoderParts,
  { filmId, source, facts }: Beginning,
  { folder, signal }: Pick<Attempt, 'folder' | 'signal'>,
): Promise<EncodePlan | undefined> {
  const run = { sandbox: parts.sandbox, folder, signal };
  const looked = await probePackets(source, facts, run, openingLookSeconds);
  if (facts.video === undefined || packetProblem(facts, looked.packets) !== undefined) return undefined;
  const whole = planEncode(
    filmId,
    { ...looked, facts, sha256: '', bytes: 0, demuxer: source.demuxer, complexity: 'busy', chapters: [] },
    encodeOptionsSchema.parse({ language: 'und', package: 'ts' }),
  );
  const rung = openingRung(whole.rungs);
  if (rung === undefined) return undefined;
  const cells = Math.min(openingCells, whole.segments);
  const [first] = whole.chunks;
  return {
    ...whole,
    segments: cells,
    chunks: first === undefined ? [] : [{ ...first, cells }],
    rungs: [rung],
    picture: placeOnCanvas(facts.video, rung),
    audio: whole.audio.slice(0, 1),
    soundAlone: false,
  };
}
