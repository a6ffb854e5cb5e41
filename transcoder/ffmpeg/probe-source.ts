import { filmProblem, type FilmTrouble } from '../../media/film/film-problem-text.ts';
import type { FilmProblem } from '../../media/contract/transcode-job.ts';
import { readChapters, type SourceChapter } from '../../media/film/chapters.ts';
import { packetReader, type PacketFacts } from '../../media/film/packet-facts.ts';
import { readProbe, type ProbeFacts } from '../../media/film/probe-facts.ts';
import { runGuarded, type RunOutcome } from './guarded-run.ts';
import { chapterArguments, packetArguments, probeArguments } from './probe-arguments.ts';
import { failureOf, lastWords, machineTrouble, TranscodeFailure } from './run-failure.ts';
import type { Sandbox } from './sandbox.ts';
import type { GuardedSource } from './source-guard.ts';

/** Where and how a source is looked at. */
export type ProbeRun = { readonly sandbox: Sandbox; readonly folder: string; readonly signal: AbortSignal };

const limits = { memoryBytes: 1_073_741_824, cpuSeconds: 900, fileBytes: 0 };
/** ffprobe answers with a few kB; a file of 20,000 chapters would answer with megabytes. */
const mostJson = 1_048_576;

/** Why ffprobe would not read a file that begins like a film, by what it says; the first that fits. */
const readingTroubles: readonly (readonly [words: RegExp, trouble: FilmTrouble])[] = [
  [/not on whitelist/, 'unsupported_container'],
  [/moov atom not found/, 'unreadable/no_index'],
  [/End of file|Input\/output error|Truncating packet/, 'unreadable/cut_off'],
  [/Invalid data found/, 'unreadable/not_as_named'],
];

/** Says in plain words why ffprobe would not read a file; throws where that is no fault of the film. */
export function unreadable(outcome: RunOutcome): FilmProblem {
  const { log } = outcome;
  const tooLarge = /(?:Picture size|dimensions) (\d+)x(\d+)/i.exec(log);
  if (tooLarge !== null) return filmProblem('too_many_pixels', { width: tooLarge[1] ?? '', height: tooLarge[2] ?? '' });
  const codec = /Codec \(([\w-]+)\) not on whitelist/.exec(log)?.[1];
  if (codec !== undefined) return filmProblem('unsupported_codec', { codec });
  if (/max_streams|Number of streams exceeds/i.test(log)) return filmProblem('too_many_streams', { streams: '>16' });
  const failure = outcome.end === 'exited' ? machineTrouble(log) : failureOf(outcome);
  if (failure !== undefined) throw failure;
  if (/file:.*: No such file or directory/.test(log)) throw new TranscodeFailure('source_missing');
  const known = readingTroubles.find(([words]) => words.test(log))?.[1];
  const reason = lastWords(log);
  if (known !== undefined || reason === '') return filmProblem(known ?? 'unreadable/not_as_named');
  return filmProblem('unreadable', { reason });
}

/** Asks ffprobe what a source's headers say; answers a problem where they cannot be read. */
export async function probeHeaders(source: GuardedSource, run: ProbeRun): Promise<ProbeFacts | FilmProblem> {
  let json = '';
  const outcome = await runGuarded({
    ...run,
    program: 'ffprobe',
    args: probeArguments(source),
    limits,
    wallMs: 30_000,
    onLine: (line) => {
      if (json.length < mostJson) json += `${line}\n`;
    },
  });
  if (outcome.end === 'aborted') throw failureOf(outcome) ?? new Error('Aborted.');
  if (outcome.code !== 0) return unreadable(outcome);
  if (json.length >= mostJson) return filmProblem('unreadable/too_much_index');
  return readProbe(JSON.parse(json));
}

/** Two hundred chapters with long titles; a file of 20,000 would answer with megabytes. */
const mostChapterJson = 262_144;

/** Asks for the chapters of a source by itself, so that a hostile list of them costs nobody the film: then there are none. */
export async function probeChapters(source: GuardedSource, run: ProbeRun): Promise<readonly SourceChapter[]> {
  let json = '';
  const outcome = await runGuarded({
    ...run,
    program: 'ffprobe',
    args: chapterArguments(source),
    limits: { ...limits, cpuSeconds: 30 },
    wallMs: 30_000,
    onLine: (line) => {
      if (json.length <= mostChapterJson) json += `${line}\n`;
    },
  });
  if (outcome.end === 'aborted') throw failureOf(outcome) ?? new Error('Aborted.');
  if (outcome.code !== 0 || json.length > mostChapterJson) return [];
  return readChapters(JSON.parse(json));
}

/** Reads every packet of a source once, or those of its first `seconds`; `errorLines` is how often the demuxer complained. */
export async function probePackets(
  source: GuardedSource,
  facts: ProbeFacts,
  run: ProbeRun,
  seconds?: number,
): Promise<{ readonly packets: PacketFacts; readonly errorLines: number }> {
  const main = facts.audio.find((track) => track.isDefault) ?? facts.audio[0];
  const reader = packetReader(facts.video?.stream ?? -1, main?.stream);
  const outcome = await runGuarded({
    ...run,
    program: 'ffprobe',
    args: packetArguments(source, seconds),
    limits,
    wallMs: 1_800_000,
    onLine: reader.line,
  });
  const failure = failureOf(outcome);
  // A cut file ends in an error; what was read before it counts.
  if (failure !== undefined && outcome.end !== 'exited') throw failure;
  return { packets: reader.facts(), errorLines: outcome.logLines };
}
