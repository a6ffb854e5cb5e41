import type { FilmProblem } from '../media/contract/transcode-job.ts';
import type { AddedTrack } from '../media/film/added-track.ts';
import type { AudioRecord } from '../media/film/audio-record.ts';
import { soundDemuxerOf, strangerOf } from '../media/film/container-magic.ts';
import type { EncodePlan } from '../media/film/encode-plan.ts';
import { filmProblem } from '../media/film/film-problem-text.ts';
import { acceptedCodecs, sourceLimits } from '../media/film/source-verdict.ts';
import { encodeSound } from './encode-audio.ts';
import { probeHeaders, probePackets } from './ffmpeg/probe-source.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

/** The sound of a film in one more language, or why there is none. */
export type MadeSound = { readonly record: AudioRecord; readonly warnings: readonly FilmProblem[] } | FilmProblem;

/** A recording that is longer or shorter than its film by less is how recordings are. */
const toleratedMs = 2000;

/** What somebody must know about a recording that does not fit its film; it was cut or filled with silence. */
function lengthWarnings(track: AddedTrack, soundMs: number, filmMs: number): readonly FilmProblem[] {
  const differenceMs = soundMs - filmMs;
  if (Math.abs(differenceMs) <= toleratedMs) return [];
  const values = { language: track.language, seconds: Math.round(Math.abs(differenceMs) / 1000) };
  return [filmProblem(differenceMs > 0 ? 'track_length/longer' : 'track_length/shorter', values)];
}

/** Encodes a recording for a film's grid: loudness, cells and codec are those of the film's own sound. */
export async function makeSoundTrack(
  parts: TranscoderParts,
  work: { readonly plan: EncodePlan; readonly track: AddedTrack; readonly sourceKey: string; readonly path: string },
  attempt: Attempt,
): Promise<MadeSound> {
  const { storage, sandbox } = parts;
  const { plan, track, sourceKey, path } = work;
  const head = await storage.read(sourceKey, { from: 0, to: 4096 });
  const demuxer = soundDemuxerOf(head);
  if (demuxer === undefined) {
    const stranger = strangerOf(head);
    return filmProblem(stranger === 'unsupported_container' ? 'unsupported_container/no_sound_file' : stranger);
  }
  const file = await storage.localFile(sourceKey, parts.sourceFolder);
  const run = { sandbox, folder: attempt.folder, signal: attempt.signal };
  const facts = await probeHeaders({ file, demuxer }, run);
  if ('cure' in facts) return facts;
  if (facts.streams > sourceLimits.streams) return filmProblem('too_many_streams', { streams: facts.streams });
  const usable = facts.audio.filter(({ channels }) => channels > 0);
  const sound = usable.find(({ isDefault }) => isDefault) ?? usable[0];
  if (sound === undefined) return filmProblem('no_sound');
  if (!(acceptedCodecs.audio as readonly string[]).includes(sound.codec))
    return filmProblem('unsupported_codec', { codec: sound.codec });
  const { packets } = await probePackets({ file, demuxer }, { ...facts, audio: [sound] }, run);
  const { audio } = packets;
  const soundMs = Math.round((audio.end - audio.start) * 1000);
  if (audio.packets === 0 || soundMs < sourceLimits.shortestMs) return filmProblem('no_sound');
  if (soundMs > sourceLimits.longestMs) return filmProblem('too_long', { hours: Math.round(soundMs / 3_600_000) });
  const planned = { language: track.language, name: track.name, stream: sound.stream, channels: sound.channels };
  const onItsClock: EncodePlan = { ...plan, demuxer, cmaf: true, originSeconds: audio.start, audio: [planned] };
  const record = await encodeSound(parts, { plan: onItsClock, track: planned, file }, path, attempt);
  return { record, warnings: lengthWarnings(track, soundMs, plan.durationMs) };
}
