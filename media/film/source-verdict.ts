import type { FilmProblem } from '../contract/transcode-job.ts';
import { cellMs } from './chunks.ts';
import { filmProblem } from './film-problem-text.ts';
import type { PacketFacts } from './packet-facts.ts';
import type { ProbeFacts, VideoFacts } from './probe-facts.ts';

/** Limits on a source (security.md T05, T06, T07); also handed to ffmpeg. */
export const sourceLimits = {
  pixels: 8192 * 4608,
  side: { least: 16, most: 8192 },
  frameRate: 240,
  streams: 16,
  shortestMs: 1000,
  longestMs: 12 * 3_600_000,
  gapSeconds: 600,
} as const;

/** Decoders that may run at all; everything else is refused before a decoder sees it. */
export const acceptedCodecs = {
  video:
    'h264 hevc mpeg4 msmpeg4v1 msmpeg4v2 msmpeg4v3 msmpeg4 h263 h263p flv1 flv mpeg2video mpeg1video vc1 wmv1 wmv2 wmv3 vp6f vp6a vp8 vp9 av1 libdav1d libaom-av1 mjpeg prores dnxhd dvvideo'.split(
      ' ',
    ),
  audio:
    'aac aac_latm mp3 mp3float mp2 mp2float ac3 eac3 pcm_s16le pcm_s16be pcm_s24le pcm_s24be pcm_s32le pcm_f32le pcm_f32be pcm_u8 pcm_alaw pcm_mulaw pcm_bluray wmav1 wmav2 wmapro flac alac opus libopus vorbis adpcm_ms adpcm_ima_wav adpcm_swf nellymoser speex libspeex amrnb amr_nb amr_wb dca truehd pcm_dvd wmalossless wmavoice'.split(
      ' ',
    ),
  // Subtitles that are pictures are left out, but cameras and discs add them, and a prober opens every track.
  subtitle: 'subrip srt mov_text ass ssa webvtt text pgssub dvbsub dvdsub cc_dec'.split(' '),
} as const;

const minutes = (seconds: number): number => Math.round(seconds / 60);

function pictureProblem(video: VideoFacts): FilmProblem | undefined {
  const { codedWidth: width, codedHeight: height } = video;
  const { side, pixels } = sourceLimits;
  if (video.encrypted) return filmProblem('encrypted_source');
  if (width * height > pixels || Math.max(width, height) > side.most)
    return filmProblem('too_many_pixels', { width, height });
  if (!(acceptedCodecs.video as readonly string[]).includes(video.codec))
    return filmProblem('unsupported_codec', { codec: video.codec });
  if (Math.min(width, height) < side.least) return filmProblem('bad_dimensions', { width, height });
  if (video.frameRate > sourceLimits.frameRate)
    return filmProblem('bad_frame_rate', { rate: Math.round(video.frameRate) });
  return undefined;
}

/** What forbids a source, judged by its headers alone; undefined when nothing does. */
export function headerProblem(facts: ProbeFacts): FilmProblem | undefined {
  if (facts.streams > sourceLimits.streams) return filmProblem('too_many_streams', { streams: facts.streams });
  if (facts.video === undefined) return filmProblem('no_video');
  return pictureProblem(facts.video);
}

/** Sound that outlasts the picture by less is cut: a held picture for the sake of one AAC frame would air as a pause. */
const shortTailMs = 500;
/** Less than a frame beyond a cell's end begins no cell: containers round, and 29.97 frames are shown at 30. */
const roundingMs = 42;

/**
 * How long a film really is, and where its clock begins, in the source's own seconds: with the first picture, or with sound
 * that is heard well before it, under which the first picture is held.
 */
export function filmExtent(packets: PacketFacts): { readonly originSeconds: number; readonly durationMs: number } {
  const { video, audio } = packets;
  const leadMs = audio.packets > 0 ? (video.start - audio.start) * 1000 : 0;
  const originSeconds = leadMs > shortTailMs ? audio.start : video.start;
  const pictureMs = (video.end - originSeconds) * 1000;
  const soundMs = audio.packets > 0 ? (audio.end - originSeconds) * 1000 : 0;
  const wholeMs = Math.round(soundMs > pictureMs + shortTailMs ? soundMs : pictureMs);
  const overMs = wholeMs % cellMs;
  const durationMs = wholeMs > cellMs && overMs < roundingMs ? wholeMs - overMs : wholeMs;
  return { originSeconds, durationMs };
}

/**
 * Recordings that were copied one behind the other begin their clock again: time runs back and is never made up for, so two
 * pictures claim the same instant. A stray time stamp goes forth and back, or back and forth.
 */
const isSpliced = ({ backSeconds, skippedSeconds }: PacketFacts['video']): boolean => backSeconds - skippedSeconds > 1;

/** What forbids a source once every packet has been seen; undefined when nothing does. */
export function packetProblem(facts: ProbeFacts, packets: PacketFacts): FilmProblem | undefined {
  const { video, audio } = packets;
  if (video.packets === 0) return filmProblem('unreadable/no_picture_data');
  const gap = Math.max(video.longestGap, audio.longestGap);
  if (gap > sourceLimits.gapSeconds) return filmProblem('bad_timestamps', { minutes: minutes(gap) });
  if (isSpliced(video) || isSpliced(audio)) return filmProblem('spliced_source');
  const { durationMs } = filmExtent(packets);
  const longestMs = Math.max(durationMs, facts.declaredMs ?? 0);
  if (longestMs > sourceLimits.longestMs) return filmProblem('too_long', { hours: Math.round(longestMs / 3_600_000) });
  if (durationMs < sourceLimits.shortestMs) return filmProblem('too_short');
  return undefined;
}

/** Neither picture nor sound for so long is a hole: it would air as a still picture in silence. */
const longPauseSeconds = 5;

/** Damage that leaves a film usable: the reviewer must look closely. `errorLines` is what the demuxer complained about. */
export function sourceWarnings(facts: ProbeFacts, packets: PacketFacts, errorLines: number): readonly FilmProblem[] {
  const { durationMs } = filmExtent(packets);
  const declaredMs = facts.declaredMs ?? durationMs;
  const missingMs = declaredMs - durationMs;
  const seconds = (ms: number): number => Math.round(ms / 1000);
  if (missingMs > Math.max(1000, declaredMs * 0.01)) {
    const values = { haveSeconds: seconds(durationMs), declaredSeconds: seconds(declaredMs) };
    return [filmProblem('damaged/cut_short', values)];
  }
  const pauseSeconds = Math.round(Math.min(packets.video.longestGap, packets.audio.longestGap));
  if (pauseSeconds >= longPauseSeconds) return [filmProblem('damaged/pause', { pauseSeconds })];
  if (packets.video.backSeconds + packets.audio.backSeconds > 0) return [filmProblem('damaged/time_codes')];
  if (errorLines > 0) return [filmProblem('damaged/read_errors', { errors: errorLines })];
  const isSoundLost = facts.audio.length > 0 && facts.audio.every((track) => track.channels === 0);
  return isSoundLost ? [filmProblem('damaged/unknown_sound')] : [];
}
