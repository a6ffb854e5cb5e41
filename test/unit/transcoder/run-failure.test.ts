import { describe, expect, it } from 'vitest';
import { problemOfFailure } from '../../../media/film/film-problem-text.ts';
import type { RunOutcome } from '../../../transcoder/ffmpeg/guarded-run.ts';
import { failureOf } from '../../../transcoder/ffmpeg/run-failure.ts';

const outcome = (change: Partial<RunOutcome>): RunOutcome => ({
  end: 'exited',
  code: 1,
  signal: null,
  log: '',
  logLines: 1,
  ...change,
});
const codeOf = (change: Partial<RunOutcome>) => failureOf(outcome(change))?.code;

describe('why a run failed', () => {
  it('is told apart by how it ended and what it said', () => {
    expect(codeOf({ log: 'av_interleaved_write_frame(): No space left on device' })).toBe('no_space');
    expect(codeOf({ end: 'stalled', signal: 'SIGKILL' })).toBe('encoder_stalled');
    expect(codeOf({ end: 'too_long', signal: 'SIGKILL' })).toBe('limit_exceeded');
    expect(codeOf({ end: 'aborted', signal: 'SIGKILL' })).toBe('cancelled');
    expect(codeOf({ signal: 'SIGXFSZ', code: null })).toBe('limit_exceeded');
    expect(codeOf({ signal: 'SIGSEGV', code: null })).toBe('encoder_failed');
    expect(codeOf({ end: 'not_started', log: 'spawn ffmpeg ENOENT' })).toBe('encoder_failed');
    expect(codeOf({ code: 0 })).toBeUndefined();
    expect(codeOf({ code: 0, log: 'x: No space left on device' })).toBe('no_space');
  });

  it('is told in the words of the log, without addresses', () => {
    const failure = failureOf(
      outcome({ log: '[mov @ 0x55d0c8] moov atom not found\n    Last message repeated 3 times\n' }),
    );
    expect(problemOfFailure(failure?.message ?? '').values).toEqual({ reason: 'moov atom not found' });
  });
});
