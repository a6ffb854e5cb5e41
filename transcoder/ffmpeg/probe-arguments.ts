import { guardOptions, inputName, type GuardedSource } from './source-guard.ts';

const quiet = ['-hide_banner', '-v', 'error'];

/** Arguments of ffprobe that answer with `-show_format -show_streams` as JSON; chapters and programmes are never asked for. */
export const probeArguments = (source: GuardedSource): readonly string[] => [
  ...quiet,
  ...guardOptions(source),
  '-show_format',
  '-show_streams',
  '-of',
  'json',
  inputName(source.file),
];

/** Arguments of ffprobe that answer with one line a packet: `stream_index,pts_time,dts_time,duration_time,flags`. */
export const packetArguments = (source: GuardedSource): readonly string[] => [
  ...quiet,
  ...guardOptions(source),
  '-show_entries',
  'packet=stream_index,pts_time,dts_time,duration_time,flags',
  '-of',
  'csv=p=0',
  inputName(source.file),
];
