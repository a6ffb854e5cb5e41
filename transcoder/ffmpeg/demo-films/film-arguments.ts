import { join } from 'node:path';
import type { DemoFilm } from '../../../media/film/demo-films.ts';
import { canvasOf, rateText } from './canvas.ts';
import { pictureGraph } from './compose-picture.ts';
import { chain, filter } from './filter-graph.ts';
import type { Recipe } from './recipe.ts';

/** Files that a film is made of, besides the pictures named in its recipe. */
export interface FilmParts {
  readonly assets: string;
  readonly fontFile: string;
  /** Wave files of the music, one per sound track. */
  readonly music: readonly string[];
  readonly output: string;
}

/** Same input, same bytes: no dates, no encoder versions, a fixed number of threads (x264's output depends on it). */
const REPEATABLE = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'];

const videoCodec = (film: DemoFilm, isStill: boolean): readonly string[] => [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-threads', '2', '-pix_fmt', 'yuv420p'],
  // A still picture's key frames are nearly all of its bytes, and rate control would polish it for ever.
  ...(isStill ? ['-qp', '20'] : ['-crf', '22']),
  ...['-g', String(Math.round((film.frameRate.numerator / film.frameRate.denominator) * (isStill ? 10 : 2)))],
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
];

const AUDIO_CODEC = ['-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2'];

/** ISO 639-2: MP4 carries the terminological name of Chinese, Matroska the bibliographic one. */
const trackLanguage = (language: string, file: string): string => {
  if (language === 'en') return 'eng';
  return file.endsWith('.mkv') ? 'chi' : 'zho';
};

/** One sound track: the music alone, or a voice over it. */
const soundGraph = (recipe: Recipe, firstInput: number): readonly string[] => {
  const voices = recipe.sound.filter(({ voice }) => voice !== undefined);
  return recipe.sound.map((track, index) => {
    const music = `${String(firstInput + index)}:a`;
    if (track.voice === undefined) return chain([music], ['anull'], `sound${String(index)}`);
    const voice = `${String(firstInput + recipe.sound.length + voices.indexOf(track))}:a`;
    const mix = filter('amix', { inputs: 2, duration: 'first', normalize: 0 });
    return chain([music, voice], [mix], `sound${String(index)}`);
  });
};

const inputs = (film: DemoFilm, recipe: Recipe, parts: FilmParts): readonly string[] => [
  ...recipe.layers.flatMap(({ picture }) => [
    ...['-framerate', rateText(film), '-i', join(parts.assets, `${picture}.png`)],
  ]),
  ...parts.music.flatMap((file) => ['-i', file]),
  ...recipe.sound.flatMap(({ voice }) => (voice === undefined ? [] : ['-i', join(parts.assets, voice)])),
  ...recipe.subtitles.flatMap((file) => ['-i', join(parts.assets, file)]),
];

const languageTags = (kind: 'a' | 's', languages: readonly string[], file: string): readonly string[] =>
  languages.flatMap((language, index) => [
    ...[`-metadata:s:${kind}:${String(index)}`, `language=${trackLanguage(language, file)}`],
    ...[`-disposition:${kind}:${String(index)}`, index === 0 ? 'default' : '0'],
  ]);

/** ffmpeg arguments that draw, mix and encode one film into `parts.output`. */
export const filmArguments = (film: DemoFilm, recipe: Recipe, parts: FilmParts): readonly string[] => {
  const layers = recipe.layers.length;
  const voices = recipe.sound.filter(({ voice }) => voice !== undefined).length;
  const firstSubtitle = layers + recipe.sound.length + voices;
  const graph = [pictureGraph(canvasOf(film, parts.fontFile), recipe), ...soundGraph(recipe, layers)].join(';');
  return [
    ...[
      '-hide_banner',
      '-v',
      'error',
      '-nostdin',
      '-y',
      '-filter_complex_threads',
      '1',
      ...inputs(film, recipe, parts),
    ],
    ...['-filter_complex', graph, '-map', '[picture]'],
    ...recipe.sound.flatMap((_, index) => ['-map', `[sound${String(index)}]`]),
    ...recipe.subtitles.flatMap((_, index) => ['-map', `${String(firstSubtitle + index)}:s`]),
    ...videoCodec(film, recipe.isStill === true),
    ...(recipe.sound.length > 0 ? AUDIO_CODEC : []),
    ...(recipe.subtitles.length > 0 ? ['-c:s', 'srt'] : []),
    ...REPEATABLE,
    // Subtitles would outlive a film that is cut short.
    ...['-t', String(film.durationMs / 1000)],
    ...languageTags('a', film.languages, film.file),
    ...languageTags('s', film.subtitles, film.file),
    ...['-metadata', `title=${film.title}`],
    ...(film.file.endsWith('.mp4') ? ['-movflags', '+faststart'] : []),
    parts.output,
  ];
};

/** ffmpeg arguments that mark a film stored on its side: players turn it a quarter clockwise, as a phone's film. */
export const rotationArguments = (input: string, output: string): readonly string[] => [
  ...['-hide_banner', '-v', 'error', '-nostdin', '-y', '-i', input, '-map', '0', '-c', 'copy'],
  ...['-metadata:s:v:0', 'rotate=90', '-fflags', '+bitexact', '-movflags', '+faststart', output],
];

/** ffmpeg arguments that encode a wave file as a plain AAC stream, whose bytes may follow themselves. */
export const soundArguments = (input: string, output: string): readonly string[] => [
  ...[
    '-hide_banner',
    '-v',
    'error',
    '-nostdin',
    '-y',
    '-i',
    input,
    ...AUDIO_CODEC,
    ...REPEATABLE,
    '-f',
    'adts',
    output,
  ],
];

/** ffmpeg arguments that repeat a short encoded picture for `seconds` beside a sound that is long enough already. */
export const repeatArguments = (
  picture: string,
  sound: string,
  { seconds, output, title }: { readonly seconds: number; readonly output: string; readonly title: string },
): readonly string[] => [
  ...['-hide_banner', '-v', 'error', '-nostdin', '-y', '-stream_loop', '-1', '-i', picture],
  ...['-i', sound, '-map', '0:v', '-map', '1:a', '-t', String(seconds), '-c', 'copy'],
  ...[...REPEATABLE, '-metadata:s:a:0', 'language=zho', '-metadata', `title=${title}`],
  ...['-movflags', '+faststart', output],
];
