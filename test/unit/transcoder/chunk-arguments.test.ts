import { describe, expect, it } from 'vitest';
import { complexitySchema, type Complexity } from '../../../media/film/complexity.ts';
import { chunkCommand, chunkFilter } from '../../../transcoder/ffmpeg/chunk-arguments.ts';
import { commandLine } from '../../../transcoder/ffmpeg/command-line.ts';
import { guardOptions } from '../../../transcoder/ffmpeg/source-guard.ts';
import { plainSource, planOf } from '../media/film/film-facts.ts';

const chunkOf = (plan: ReturnType<typeof planOf>, index: number) =>
  plan.chunks[index] ?? { firstCell: 0, cells: 1, seekSeconds: 0 };
const small = { codedWidth: 640, codedHeight: 360, width: 640, height: 360 };

describe('the arguments of a chunk', () => {
  it('are these, word for word', () => {
    const plan = planOf(plainSource({}, small));
    const args = commandLine(chunkCommand(plan, chunkOf(plan, 1), '/data/a film.mp4'));
    const guard = guardOptions({ file: '', demuxer: 'mov' });
    const encode = (name: string, label: string, level: string, maxrate: string, buffer: string) =>
      [
        `-map [${label}] -fps_mode passthrough -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact`,
        `-c:v libx264 -preset superfast -crf 23 -profile:v high -level:v ${level} -maxrate ${maxrate} -bufsize ${buffer}`,
        '-x264-params mbtree=1:rc-lookahead=10:keyint=50:min-keyint=50:scenecut=0:open-gop=0:force-cfr=1:stitchable=1',
        '-pix_fmt yuv420p -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv',
        `-video_track_timescale 90000 -f mp4 -movflags +frag_keyframe+empty_moov+default_base_moof ${name}.mp4`,
      ].join(' ');
    expect(args).toEqual([
      ...'-hide_banner -nostdin -nostats -progress pipe:1 -stats_period 0.5 -v error'.split(' '),
      ...guard,
      ...'-reinit_filter:v 0 -copyts -seek_timestamp 1 -noaccurate_seek -ss 8.000000 -i'.split(' '),
      'file:/data/a film.mp4',
      '-y',
      '-filter_complex',
      chunkFilter(plan, chunkOf(plan, 1)),
      ...encode('360p', 'v0', '3.1', '720k', '1080k').split(' '),
      ...encode('216p', 'v1', '3.0', '160k', '160k').split(' '),
      ...'-map [thumbnails] -fps_mode passthrough -map_metadata -1 -map_chapters -1 -fflags +bitexact'.split(' '),
      ...'-flags +bitexact -c:v mjpeg -q:v 6 -pix_fmt yuvj420p -f mjpeg thumbnails.mjpeg'.split(' '),
    ]);
  });

  it('open one demuxer, the file protocol and known decoders only', () => {
    const guard = guardOptions({ file: '/x', demuxer: 'matroska' }).join(' ');
    expect(guard).toContain('-protocol_whitelist file -format_whitelist matroska -codec_whitelist h264,');
    expect(guard).toContain('-max_pixels 37748736 -max_streams 16');
    expect(guard).toMatch(/-f matroska$/);
    expect(guard).not.toMatch(/magicyuv|exr|sanm|hls|concat/);
  });

  it('scale each rung from the next larger and take one thumbnail a cell', () => {
    const plan = planOf(plainSource({}, small));
    expect(chunkFilter(plan, chunkOf(plan, 1)).split(';')).toEqual([
      '[0:0]settb=1/1440000,setpts=PTS-0.000000/TB,fps=25:start_time=12.000000:round=near,tpad=stop=-1:stop_mode=clone,' +
        'trim=start_frame=0:end_frame=600,setpts=PTS-STARTPTS,' +
        'scale=640:360:flags=lanczos:in_color_matrix=bt709:out_color_matrix=bt709:out_range=tv,format=yuv420p,' +
        'pad=640:360:-1:-1:black,setsar=1,split=2[c0][t0]',
      '[t0]null[v0]',
      '[c0]scale=384:216:flags=lanczos,setsar=1,split=2[c1][t1]',
      '[t1]null[v1]',
      '[c1]blackdetect=d=0:pic_th=0.98:pix_th=0.1,freezedetect=n=-60dB:d=0.001,metadata=print:file=picture-check.txt,' +
        'framestep=100,scale=192:108,' +
        'cropdetect=limit=0.094:round=2:reset=0:skip=0,metadata=print:file=content-check.txt[thumbnails]',
    ]);
  });

  it('bring film time 0 of a late clock to 0', () => {
    const source = plainSource({}, small);
    const extent = { ...source.packets.video, start: 1.48, end: 101.48 };
    const plan = planOf({ ...source, packets: { video: extent, audio: extent, keys: [1.48, 11.48] } });
    expect(chunkFilter(plan, chunkOf(plan, 1))).toContain('setpts=PTS-1.480000/TB,fps=25:start_time=12.000000');
  });

  it('hold the last picture through a chunk of sound alone', () => {
    const source = plainSource({}, small);
    const plan = planOf({ ...source, packets: { ...source.packets, video: { ...source.packets.video, end: 20 } } });
    const filter = chunkFilter(plan, chunkOf(plan, 2));
    // The chunk begins at 36 s; the grid begins where decoding does, at 16 s, and 20 s of it are cut away.
    expect(filter).toContain('fps=25:start_time=16.000000');
    expect(filter).toContain('trim=start_frame=500:end_frame=2100');
  });

  it('deinterlace, tone-map and convert colours only where the source asks for it', () => {
    const filterOf = (video: object) => {
      const plan = planOf(plainSource({}, video));
      return chunkFilter(plan, chunkOf(plan, 0));
    };
    expect(filterOf({})).not.toMatch(/yadif|zscale/);
    expect(filterOf({ interlaced: true })).toContain('scale=1920:1080:interl=1,yadif=mode=send_frame');
    expect(filterOf({ highDynamicRange: true })).toContain('tonemap=tonemap=hable');
    expect(filterOf({ colourSpace: 'smpte170m' })).toContain('in_color_matrix=bt601');
    expect(filterOf({ ...small, colourSpace: 'unknown' })).toContain('in_color_matrix=bt601');
  });

  it('spend less on lectures and slides: lower caps, and for lectures an encoder that looks further, on one level and grid', () => {
    const argsOf = (complexity: Complexity, rung = 0) => {
      const plan = planOf({ ...plainSource(), complexity });
      return chunkCommand(plan, chunkOf(plan, 0), '/x').outputs[rung]?.options.join(' ') ?? '';
    };
    expect(argsOf('busy')).toContain('-preset superfast -crf 23 ');
    expect(argsOf('busy')).toContain('-maxrate 5184k -bufsize 10368k');
    expect(argsOf('busy')).toContain('rc-lookahead=10:');
    expect(argsOf('plain')).toContain('-preset veryfast -tune ssim -crf 24.5 ');
    expect(argsOf('plain')).toContain('-maxrate 3110k -bufsize 6221k');
    expect(argsOf('plain')).toContain('rc-lookahead=25:');
    expect(argsOf('still')).toContain('-preset superfast -crf 23 ');
    expect(argsOf('still')).toContain('-maxrate 3110k -bufsize 6221k');
    // Slides must stay legible on the thinnest line.
    expect(argsOf('still', 4)).toContain('-maxrate 160k -bufsize 160k');
    expect(argsOf('plain', 4)).toContain('-maxrate 160k -bufsize 160k');
    for (const same of ['-level:v 4.2', '-profile:v high', 'keyint=50:min-keyint=50:scenecut=0'])
      for (const complexity of complexitySchema.options) expect(argsOf(complexity), complexity).toContain(same);
  });

  it('search motion finer on the one rung that needs it', () => {
    const plan = planOf(plainSource());
    const { outputs } = chunkCommand(plan, chunkOf(plan, 0), '/x');
    const isFiner = plan.rungs.map((_rung, at) => outputs[at]?.options.some((option) => option.includes('subme=2')));
    expect(isFiner).toEqual([false, true, false, false, false]);
  });

  it('show a 50 frames film at 25 on rungs that are capped, keys every 2 s', () => {
    const plan = planOf(plainSource({}, { frameRate: 50 }));
    const { outputs, filter } = chunkCommand(plan, chunkOf(plan, 0), '/x');
    const keyint = outputs.slice(0, -1).map(({ options }) => /keyint=(\d+)/.exec(options.join(' '))?.[1]);
    expect(plan.rungs.map((rung) => rung.name)).toEqual(['1080p', '720p', '480p', '360p', '216p']);
    expect(keyint).toEqual(['100', '100', '50', '50', '50']);
    expect(filter).toContain('[t1]null[v1]');
    expect(filter).toContain('[t2]framestep=2[v2]');
  });
});
