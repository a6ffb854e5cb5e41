import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { complexityOf, samplePlaces, type Complexity } from '../media/film/complexity.ts';
import type { PacketFacts } from '../media/film/packet-facts.ts';
import type { ProbeRun } from './ffmpeg/probe-source.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import { readSample, sampleCommand, sampleFile } from './ffmpeg/sample-arguments.ts';
import type { GuardedSource } from './ffmpeg/source-guard.ts';

/** Looks at a few seconds of a film to see whether it is a lecture or slides; a film that cannot be sampled is `busy`. */
export async function probeComplexity(
  source: GuardedSource,
  stream: number,
  { video, keys }: PacketFacts,
  run: ProbeRun,
): Promise<Complexity> {
  const samples: (readonly number[])[] = [];
  for (const place of samplePlaces(keys, video.start, video.end)) {
    try {
      await runCommand(sampleCommand(source, stream, place), { ...run, filmSeconds: 4 });
    } catch (error) {
      // What is wrong with the film is found, and told, when it is encoded.
      run.signal.throwIfAborted();
      if (error instanceof Error) return 'busy';
      throw error;
    }
    const sample = readSample(await readFile(join(run.folder, sampleFile), 'utf8'));
    if (complexityOf([sample]) === 'busy') return 'busy';
    samples.push(sample);
  }
  return complexityOf(samples);
}
