import { guardOptions, inputName, type GuardedSource } from './source-guard.ts';

const quiet = ['-hide_banner', '-v', 'error'];

/** Arguments of ffprobe that answer with `-show_format -show_streams` as JSON; programmes are never asked for, chapters by themselves. */
export const probeArguments = (source: GuardedSource): readonly string[] => [
  ...quiet,
  ...guardOptions(source),
  '-show_format',
  '-show_streams',
  '-of',
  'json',
  inputName(source.file),
];

/**
 * Arguments of ffprobe that answer with one line a packet: `stream_index,pts_time,dts_time,duration_time,flags`; of the first
 * `seconds`, or of all.
 */
export const packetArguments = (source: GuardedSource, seconds?: number): readonly string[] => [
  ...quiet,
  ...guardOptions(source),
  ...(seconds === undefined ? [] : ['-read_intervals', `%+${String(seconds)}`]),
  '-show_entries',
  'packet=stream_index,pts_time,dts_time,duration_time,flags',
  '-of',
  'csv=p=0',
  inputName(source.file),
];

/** Arguments of ffprobe that answer with when each chapter begins and its title, as JSON. */
export const chapterArguments = (source: GuardedSource): readonly string[] => [
  ...quiet,
  ...guardOptions(source),
  '-show_entries',
  'chapter=start_time:chapter_tags=title',
  '-of',
  'json',
  inputName(source.file),
];
