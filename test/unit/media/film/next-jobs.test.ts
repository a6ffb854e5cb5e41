import { describe, expect, it } from 'vitest';
import { transcodeJobId, transcodeJobSchema, type TranscodeJob } from '../../../../media/contract/transcode-job.ts';
import { idOfDigest } from '../../../../media/contract/ids.ts';
import { nextJobs, type ShelfFacts } from '../../../../media/film/next-jobs.ts';
import { plainSource, planOf } from './film-facts.ts';

const film = { filmId: idOfDigest(new Uint8Array(32)), attempt: 0, sourceKey: 'sources/x/source' };
const twoLanguages = planOf(
  plainSource({
    audio: [
      { stream: 1, codec: 'aac', channels: 2, sampleRate: 48_000, isDefault: true },
      { stream: 2, codec: 'aac', channels: 2, sampleRate: 48_000, isDefault: false, language: 'tib' },
    ],
  }),
);
const shelf = (audio: string[], chunks: number[], hasManifest = false): ShelfFacts => ({
  audio: new Set(audio),
  chunks: new Set(chunks),
  hasManifest,
});
const brief = (jobs: readonly TranscodeJob[]) =>
  jobs.map((job) => `${job.kind}${'chunk' in job ? String(job.chunk) : ''}${'language' in job ? job.language : ''}`);
const ask = (facts: ShelfFacts) => brief(nextJobs(twoLanguages, facts, film));

describe('what a film needs next', () => {
  it('is its main sound alone, because every chunk muxes it', () => {
    expect(ask(shelf([], []))).toEqual(['audiozh-CN']);
    expect(ask(shelf(['bo'], [1]))).toEqual(['audiozh-CN']);
  });

  it('is then its chunks in order and the other languages after them', () => {
    expect(ask(shelf(['zh-CN'], []))).toEqual(['chunk0', 'chunk1', 'chunk2', 'audiobo']);
    expect(ask(shelf(['zh-CN'], [0, 2]))).toEqual(['chunk1', 'audiobo']);
  });

  it('is the finish when nothing else is missing, and nothing once the manifest is there', () => {
    expect(ask(shelf(['zh-CN', 'bo'], [0, 1, 2]))).toEqual(['finish']);
    expect(ask(shelf(['zh-CN', 'bo'], [0, 1, 2], true))).toEqual([]);
    expect(ask(shelf([], [], true))).toEqual([]);
  });

  it('is made of jobs that the queue accepts, each with an id of its own', () => {
    const jobs = nextJobs(twoLanguages, shelf(['zh-CN'], []), film);
    for (const job of jobs) expect(transcodeJobSchema.parse(job)).toEqual(job);
    expect(new Set(jobs.map(transcodeJobId)).size).toBe(jobs.length);
  });

  it('comes to an end from any state of the shelf', () => {
    for (let state = 0; state < 16; state += 1) {
      const chunks = new Set([0, 1, 2].filter((chunk) => state & (1 << chunk)));
      const audio = new Set(state & 8 ? ['zh-CN'] : []);
      let hasManifest = false;
      for (let round = 0; round < 4; round += 1)
        for (const job of nextJobs(
          twoLanguages,
          { chunks: new Set(chunks), audio: new Set(audio), hasManifest },
          film,
        )) {
          if (job.kind === 'chunk') chunks.add(job.chunk);
          if (job.kind === 'audio') audio.add(job.language);
          if (job.kind === 'finish') hasManifest = true;
        }
      expect(hasManifest).toBe(true);
    }
  });
});
