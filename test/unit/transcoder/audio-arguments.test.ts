import { describe, expect, it } from 'vitest';
import {
  audioCommand,
  gainFor,
  loudnessCommand,
  readLevels,
  readLoudness,
} from '../../../transcoder/ffmpeg/audio-arguments.ts';
import { commandLine } from '../../../transcoder/ffmpeg/command-line.ts';
import { guardOptions } from '../../../transcoder/ffmpeg/source-guard.ts';
import { plainSource, planOf } from '../media/film/film-facts.ts';

const plan = planOf(plainSource());
const [main = { language: 'zh-CN', name: '', channels: 0 }] = plan.audio;

describe('the arguments of sound', () => {
  it('are these, word for word', () => {
    const adts = (name: string, rate: string) =>
      `-map [${name}] -c:a aac -b:a ${rate} -ar 48000 -ac 2 -map_metadata -1 -flags +bitexact -f adts ${name}.aac`.split(
        ' ',
      );
    expect(commandLine(audioCommand({ plan, track: main, file: '/data/film' }, -2.5))).toEqual([
      ...'-hide_banner -nostdin -nostats -progress pipe:1 -stats_period 0.5 -v error'.split(' '),
      ...guardOptions({ file: '', demuxer: 'mov' }),
      ...['-copyts', '-i', 'file:/data/film', '-y', '-filter_complex'],
      '[0:1]asetpts=PTS-0.000000/TB,aresample=48000:async=1000:first_pts=0:flags=res,' +
        'aformat=sample_fmts=fltp:channel_layouts=stereo,apad,atrim=end=100.064,' +
        'silencedetect=n=-60dB:d=0.1,ametadata=print:file=silence-check.txt,volume=-2.5dB,alimiter=limit=0.891:level=false:latency=true,asplit=2[high][low]',
      ...adts('high', '128000'),
      ...adts('low', '48000'),
    ]);
  });

  it('make silence where a film has no sound', () => {
    const { inputs, filter } = audioCommand(
      { plan, track: { language: 'zh-CN', name: '', channels: 0 }, file: '/x' },
      0,
    );
    expect(inputs).toEqual([{ source: 'anullsrc=r=48000:cl=stereo', options: ['-f', 'lavfi'] }]);
    expect(filter).toMatch(/^\[0:0\]asetpts=PTS-0\/TB,/);
  });

  it('measure the same sound that is encoded, without padding it', () => {
    const { filter, outputs } = loudnessCommand({ plan, track: main, file: '/x' });
    expect(filter).toContain(',ebur128=metadata=1:peak=true:framelog=verbose,ametadata=');
    expect(filter).toContain('atrim=end=100.064,astats@ears=');
    expect(filter).not.toContain('apad');
    expect(outputs).toEqual([{ target: '-', options: ['-map', '[out]', '-f', 'null'] }]);
  });

  it('end every branch of the measuring, or ffmpeg would read a whole film for its opening', () => {
    const { filter } = loudnessCommand({ plan, track: main, file: '/x' });
    const branches = filter?.split(';').slice(1) ?? [];
    expect(branches).toHaveLength(3);
    for (const branch of branches) expect(branch).toContain('atrim=end=100.064,');
  });

  it('mend a track before it is measured and encoded', () => {
    const sound = { plan, track: main, file: '/x', mend: 'left_dead' } as const;
    const both = 'channel_layouts=stereo,pan=stereo|c0=c1|c1=c1,';
    expect(loudnessCommand(sound).filter).toContain(`${both}atrim`);
    expect(audioCommand(sound, 0).filter).toContain(`${both}apad`);
  });

  it('read the levels of both channels, which a title cannot claim', () => {
    const said = (name: string, levels: readonly string[]) =>
      levels.map((level) => `[astats@${name} @ 0x55f] RMS level dB: ${level}\n`).join('');
    const log = `    title : [astats@ears @ 0x55f] RMS level dB: -1.0\n${said('middle', ['-29.0', '-nan'])}`;
    expect(readLevels(log)).toBeUndefined();
    expect(readLevels(log + said('ears', ['-23.01', '-inf']))).toEqual({
      left: -23.01,
      right: -Infinity,
      sum: -29,
      difference: -Infinity,
    });
  });

  it('read the last summary and turn it into a bounded gain', () => {
    const log = '  Integrated loudness:\n    I:         -31.4 LUFS\n    Threshold: -41.4 LUFS\n';
    expect(readLoudness(log)).toBe(-31.4);
    expect(readLoudness(log.replace('-31.4', '-70.0'))).toBeNull();
    expect(readLoudness('nothing')).toBeNull();
    expect([gainFor(-31.4, -23), gainFor(-14, -23), gainFor(-60, -23), gainFor(null, -23)]).toEqual([8.4, -9, 20, 0]);
  });
});
