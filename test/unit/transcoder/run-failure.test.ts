import { describe, expect, it } from 'vitest';
import { problemOfFailure } from '../../../media/film/film-problem-text.ts';
import type { RunOutcome } from '../../../transcoder/ffmpeg/guarded-run.ts';
import { unreadable } from '../../../transcoder/ffmpeg/probe-source.ts';
import { failureOf } from '../../../transcoder/ffmpeg/run-failure.ts';

const outcome = (change: Partial<RunOutcome>): RunOutcome => ({
  end: 'exited',
  code: 1,
  signal: null,
  log: '',
  logLines: 1,
  ...change,
});
const troubleOf = (change: Partial<RunOutcome>) => failureOf(outcome(change))?.trouble;

/** What ffmpeg 5.1, x264, the loader, prlimit and Node really said when they were made to fail. */
const encoderLogs: readonly (readonly [trouble: string, log: string])[] = [
  ['no_space', 'Error writing trailer of /dev/full: No space left on device'],
  ['no_space', 'av_interleaved_write_frame(): Disk quota exceeded'],
  ['encoder_failed/out_of_memory', 'x264 [error]: malloc of size 5927488 failed\nError initializing output stream 0:0'],
  [
    'encoder_failed/out_of_memory',
    'Error while opening decoder for input stream #0:0 : Resource temporarily unavailable',
  ],
  ['encoder_failed/out_of_memory', 'Error while filtering: Cannot allocate memory\nFailed to inject frame'],
  [
    'encoder_failed/out_of_memory',
    'ffmpeg: error while loading shared libraries: libaom.so.3: failed to map segment from shared object',
  ],
  [
    'encoder_failed/not_installed',
    'ffmpeg: error while loading shared libraries: libx264.so.164: cannot open shared object file: No such file or directory',
  ],
  ['encoder_failed/not_installed', 'prlimit: failed to execute ffmpeg: No such file or directory'],
  [
    'encoder_failed/too_many_files',
    'ffmpeg: error while loading shared libraries: libavdevice.so.59: cannot open shared object file: Error 24',
  ],
  ['encoder_failed/part_missing {"part":"libx264"}', "Unknown encoder 'libx264'"],
  [
    'encoder_failed/part_missing {"part":"zscale"}',
    "[AVFilterGraph @ 0x5640ab65ae80] No such filter: 'zscale'\nError reinitializing filters!",
  ],
  [
    'encoder_failed/part_missing {"part":"stats_period"}',
    "Unrecognized option 'stats_period'.\nError splitting the argument list: Option not found",
  ],
  ['encoder_failed/part_missing {"part":"asf"}', "Unknown input format: 'asf'"],
  [
    'unreadable/undecodable',
    '[h264 @ 0x55ec7943cbc0] No start code is found.\nError while decoding stream #0:0: Invalid data found when processing input\nError marking filters as finished',
  ],
  ['encoder_failed/no_permission', '360p.mp4: Permission denied'],
  ['encoder_failed/read_only', '360p.mp4: Read-only file system'],
  [
    'encoder_failed/source_unreadable {"reason":"file:/a: Invalid data found when processing input"}',
    'file:/a: Invalid data found when processing input',
  ],
  ['encoder_failed {"reason":"Conversion failed!"}', 'Conversion failed!'],
];

describe('why a run failed', () => {
  it.each(encoderLogs)('is read from what was said: %s', (text, log) => {
    expect(failureOf(outcome({ log }))?.message).toBe(text);
  });

  it('is told apart by how it ended', () => {
    expect(troubleOf({ end: 'stalled', signal: 'SIGKILL' })).toBe('encoder_stalled');
    expect(troubleOf({ end: 'too_long', signal: 'SIGKILL' })).toBe('limit_exceeded/time');
    expect(troubleOf({ end: 'aborted', signal: 'SIGKILL' })).toBe('cancelled');
    expect(troubleOf({ end: 'signalled', signal: 'SIGXFSZ', code: null })).toBe('limit_exceeded/bytes');
    expect(troubleOf({ end: 'out_of_cpu', code: 255 })).toBe('limit_exceeded/cpu');
    expect(troubleOf({ code: 255 })).toBe('encoder_failed/killed');
    expect(troubleOf({ end: 'signalled', signal: 'SIGKILL', code: null })).toBe('encoder_failed/killed');
    expect(troubleOf({ end: 'signalled', signal: 'SIGSEGV', code: null })).toBe('encoder_failed/crashed');
    expect(troubleOf({ end: 'not_started', code: null, log: 'spawn ffmpeg ENOENT' })).toBe(
      'encoder_failed/not_installed',
    );
    expect(troubleOf({ end: 'not_started', code: null, log: 'spawn E2BIG' })).toBe('encoder_failed');
    expect(troubleOf({ code: 0 })).toBeUndefined();
  });

  it('is a full disk whatever the exit code says', () => {
    expect(troubleOf({ code: 0, log: 'x: No space left on device' })).toBe('no_space');
  });

  it('is told in the words of the log, without addresses', () => {
    const failure = failureOf(outcome({ log: '[mov @ 0x55d0c8] it went wrong\n    Last message repeated 3 times\n' }));
    expect(problemOfFailure(failure?.message ?? '').values).toEqual({ reason: 'it went wrong' });
  });
});

/** What ffprobe 5.1 really said of broken films. */
const proberLogs: readonly (readonly [code: string, cause: string | undefined, log: string])[] = [
  [
    'unreadable',
    'no_index',
    '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x562abd] moov atom not found\nfile:/a: Invalid data found when processing input',
  ],
  ['unreadable', 'cut_off', 'Truncating packet of size 4 to 1\nfile:/a: Input/output error'],
  ['unreadable', 'cut_off', 'file:/a: End of file'],
  ['unreadable', 'not_as_named', 'file:/a: Invalid data found when processing input'],
  ['unreadable', 'not_as_named', ''],
  ['unreadable', undefined, '[flv @ 0x55d0c8] a word that nobody knows'],
  ['unsupported_codec', undefined, "[dca @ 0x565473fb3040] Codec (dca) not on whitelist 'h264,aac'"],
  ['unsupported_container', undefined, '[hls @ 0x56] Format not on whitelist'],
  ['too_many_streams', undefined, '[matroska,webm @ 0x55] Number of streams exceeds max_streams parameter (16)'],
  [
    'too_many_pixels',
    undefined,
    '[mjpeg @ 0x55f98b] [IMGUTILS @ 0x7ffe13] Picture size 16384x8640 exceeds specified max pixel count 37748736',
  ],
];

describe('why a film cannot be read', () => {
  it.each(proberLogs)('is read from what was said: %s, %s', (code, cause, log) => {
    const problem = unreadable(outcome({ log }));
    expect(problem.code).toBe(code);
    expect(problem.values?.['cause']).toBe(cause);
  });

  it('is no fault of the film where the machine is in trouble', () => {
    const trouble = (change: Partial<RunOutcome>) => () => unreadable(outcome(change));
    expect(trouble({ end: 'stalled', code: null })).toThrow('encoder_stalled');
    expect(trouble({ end: 'not_started', code: null, log: 'spawn ffprobe ENOENT' })).toThrow(
      'encoder_failed/not_installed',
    );
    expect(trouble({ end: 'signalled', code: null, signal: 'SIGSEGV' })).toThrow('encoder_failed/crashed');
    expect(trouble({ log: 'file:/a: Permission denied' })).toThrow('encoder_failed/no_permission');
    expect(trouble({ log: 'file:/a: No such file or directory' })).toThrow('source_missing');
  });
});
