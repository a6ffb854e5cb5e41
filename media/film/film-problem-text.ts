import type { FilmProblem } from '../contract/transcode-job.ts';
import {
  filmProblemCauses,
  type FilmProblemCause,
  type ProblemLanguage,
  type Sentence,
} from './film-problem-causes.ts';

/** Every code in both languages of the screens; `filmProblemCauses` tells more. Those of the last group are about our machines, not the film. */
export const filmProblems = {
  empty_file: {
    zh: ['文件是空的。', '请重新导出或重新复制影片，再上传。'],
    en: ['The file is empty.', 'Export or copy the film again, then upload it.'],
  },
  unsupported_container: {
    zh: [
      '这不是视频文件，或者是不支持的格式。',
      '请上传 MP4、MOV、MKV、TS、MPG、AVI、FLV 或 WMV 视频；改扩展名不能改变格式。',
    ],
    en: [
      'This is not a video file, or its format is not supported.',
      'Upload an MP4, MOV, MKV, TS, MPG, AVI, FLV or WMV film; renaming a file does not change its format.',
    ],
  },
  unreadable: {
    zh: ['文件打不开：{reason}。', '多半是复制或录制中断。请从原设备重新导出后再上传。'],
    en: [
      'The file cannot be opened: {reason}.',
      'Copying or recording was probably cut off. Export it again from the device, then upload it.',
    ],
  },
  no_video: {
    zh: ['文件里没有画面。', '请上传有画面的影片；只有声音时，请先配上一张图片导出为视频。'],
    en: [
      'The file has no picture track.',
      'Upload a film with pictures; combine plain sound with a still picture first.',
    ],
  },
  unsupported_codec: {
    zh: ['画面或声音的编码（{codec}）不受支持。', '请用 H.264 画面和 AAC 声音重新导出。'],
    en: ['The codec {codec} is not accepted.', 'Export the film again with H.264 pictures and AAC sound.'],
  },
  encrypted_source: {
    zh: ['影片已加密，无法转码。', '请向版权方索取未加密的文件。'],
    en: ['The film is encrypted.', 'Ask its owner for a file without encryption.'],
  },
  too_many_pixels: {
    zh: ['画面太大（{width}×{height}）。', '请导出为 3840×2160 或更小。'],
    en: ['The picture is too large ({width}x{height}).', 'Export it at 3840x2160 or less.'],
  },
  bad_dimensions: {
    zh: ['画面尺寸不可用（{width}×{height}）。', '请导出为宽和高都不小于 16 像素的画面。'],
    en: [
      'The picture size cannot be used ({width}x{height}).',
      'Export it with both sides between 16 and 8192 pixels.',
    ],
  },
  bad_frame_rate: {
    zh: ['帧率太高（每秒 {rate} 帧）。', '请导出为每秒 60 帧或更低。'],
    en: ['The frame rate is too high ({rate} a second).', 'Export it at 60 frames a second or less.'],
  },
  too_many_streams: {
    zh: ['文件里的轨道太多（{streams} 条）。', '请只保留画面、声音和字幕轨道后重新导出。'],
    en: [
      'The file has too many tracks ({streams}).',
      'Keep only picture, sound and subtitle tracks and export it again.',
    ],
  },
  bad_timestamps: {
    zh: ['时间码有 {minutes} 分钟的断裂。', '请用剪辑软件重新导出，再上传。'],
    en: ['The time codes have a gap of {minutes} minutes.', 'Export the film again from an editor, then upload it.'],
  },
  spliced_source: {
    zh: ['时间码中途从头开始，像是几段录像直接拼成的文件。', '请用剪辑软件把各段导出为一个文件，再上传。'],
    en: [
      'The time codes begin again in the middle, as in recordings that were copied into one file.',
      'Join the recordings in an editor, export one film, then upload it.',
    ],
  },
  too_short: {
    zh: ['影片不足一秒。', '请上传至少一秒长的影片。'],
    en: ['The film is shorter than a second.', 'Upload a film of at least one second.'],
  },
  too_long: {
    zh: ['影片声称有 {hours} 小时长。', '请分成每段不超过 12 小时再上传。'],
    en: ['The film claims to last {hours} hours.', 'Cut it into parts of at most 12 hours.'],
  },
  damaged: {
    zh: ['文件有损坏：{detail}。', '审核时请完整看一遍；有原片时请重新上传。'],
    en: [
      'The file is damaged: {detail}.',
      'Watch it to the end before passing it; upload the original if there is one.',
    ],
  },
  not_channel_ready: {
    zh: ['成品没有播出合格证：{finding}。', '可以点播，不能编入节目计划；请重新制作，再次出现时请联系管理员。'],
    en: [
      'The package has no channel-ready certificate: {finding}.',
      'It can be watched but not planned; have it encoded anew, and tell the administrator if it happens again.',
    ],
  },
  limit_exceeded: {
    zh: ['转码超出了限制：{limit}。', '请用剪辑软件重新导出后再上传。'],
    en: ['Encoding went beyond a limit: {limit}.', 'Export the film again from an editor, then upload it.'],
  },
  no_space: {
    zh: ['服务器磁盘空间不足，转码停下了。', '请管理员清理空间，然后点“重试”。'],
    en: ['The server has no disk space left, so encoding stopped.', 'Free some space, then press retry.'],
  },
  encoder_stalled: {
    zh: ['转码器六十秒没有进展，已停止。', '请点“重试”；再次出现时请联系管理员。'],
    en: [
      'The encoder made no progress for 60 seconds and was stopped.',
      'Press retry; tell the administrator if it happens again.',
    ],
  },
  encoder_failed: {
    zh: ['转码器出错：{reason}。', '请点“重试”；再次出现时请联系管理员。'],
    en: ['The encoder failed: {reason}.', 'Press retry; tell the administrator if it happens again.'],
  },
  source_missing: {
    zh: ['找不到上传的原片。', '请重新上传。'],
    en: ['The uploaded original is missing.', 'Upload the film again.'],
  },
  verify_failed: {
    zh: ['成品检查没有通过：{finding}。', '请点“重试”；再次出现时请联系管理员。'],
    en: [
      'The finished package failed its check: {finding}.',
      'Press retry; tell the administrator if it happens again.',
    ],
  },
  no_sound: {
    zh: ['文件里没有可用的声音。', '请上传录好的音频（MP3、M4A、WAV、FLAC、OGG）或带声音的视频。'],
    en: [
      'The file has no sound that can be used.',
      'Upload a recording (MP3, M4A, WAV, FLAC, OGG) or a film with sound.',
    ],
  },
  track_length: {
    zh: ['音轨 {language} 与影片长度相差 {seconds} 秒。', '请核对录音与影片是否配套。'],
    en: [
      'The sound in {language} differs from the film by {seconds} s.',
      'Check that the recording belongs to this film.',
    ],
  },
  worker_crashed: {
    zh: ['转码进程在这部影片上多次崩溃，已搁置。', '请重新导出影片后上传，或联系管理员。'],
    en: [
      'The worker crashed on this film several times, so it was set aside.',
      'Export the film again and upload it, or tell the administrator.',
    ],
  },
  cancelled: {
    zh: ['转码已取消。', '需要时请点“重试”。'],
    en: ['Encoding was cancelled.', 'Press retry when it is wanted again.'],
  },
  same_file: {
    zh: ['这就是影片现在用的那个文件，换了也没有变化。', '请选择改好的文件再上传；不想换时删除这个新版本。'],
    en: [
      'This is the very file that the film has now: nothing would change.',
      'Upload the file that was mended, or delete this new version.',
    ],
  },
  returned: {
    zh: ['{by}退回了影片：{reason}', '请修改片名、简介等文字后点“重试”重新送审；画面要改时请更换文件。'],
    en: [
      '{by} returned the film: {reason}',
      'Mend what is written about it and press retry to hand it in again; replace its file when the pictures must change.',
    ],
  },
  store_damaged: {
    zh: [
      '存储中的影片文件损坏：{finding}',
      '损坏的部分会用原片自动重做，做好后自动恢复播出；原片已不在时请点“更换文件”重新上传。',
    ],
    en: [
      'Stored files of the film are damaged: {finding}',
      'The damaged parts are made again from the upload, and the film is shown again by itself; where the upload is gone, send it as another file.',
    ],
  },
  withdrawn: {
    zh: ['{by}撤回了影片：{reason}', '需要再播时请点“重试”重新送审。'],
    en: ['{by} withdrew the film: {reason}', 'Press retry to hand it in for review again.'],
  },
} as const satisfies Record<string, Record<ProblemLanguage, Sentence>>;
export type FilmProblemCode = keyof typeof filmProblems;
export type ProblemValues = Readonly<Record<string, string | number>>;

/** A code, or one of its causes. */
export type FilmTrouble = FilmProblemCode | FilmProblemCause;

const sentences: Readonly<Record<FilmTrouble, Record<ProblemLanguage, Sentence>>> = {
  ...filmProblems,
  ...filmProblemCauses,
};
const isTrouble = (text: string): text is FilmTrouble => Object.hasOwn(sentences, text);

/** The code under which outsiders know a trouble. */
export const codeOfTrouble = (trouble: FilmTrouble): FilmProblemCode => trouble.split('/')[0] as FilmProblemCode;

const fill = (text: string, values: ProblemValues): string =>
  text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));

/** Puts a trouble into words; Chinese unless asked otherwise. The cause below a code is kept as the value `cause`. */
export function filmProblem(
  trouble: FilmTrouble,
  values: ProblemValues = {},
  language: ProblemLanguage = 'zh',
): FilmProblem {
  const [message, cure] = sentences[trouble][language];
  const [, cause] = trouble.split('/');
  return {
    code: codeOfTrouble(trouble),
    message: fill(message, values),
    cure: fill(cure, values),
    values: cause === undefined ? { ...values } : { ...values, cause },
  };
}

/** What a stored problem was made from; undefined where its code is unknown. */
function troubleOf({ code, values }: Pick<FilmProblem, 'code' | 'values'>): FilmTrouble | undefined {
  const whole = `${code}/${String(values?.['cause'])}`;
  return isTrouble(whole) ? whole : isTrouble(code) ? code : undefined;
}

/** The same problem in another language; one of an unknown code keeps its own words. */
export function translateProblem(problem: FilmProblem, language: ProblemLanguage): FilmProblem {
  const trouble = troubleOf(problem);
  return trouble === undefined ? problem : filmProblem(trouble, problem.values, language);
}

/**
 * Reads why a job failed from BullMQ's `failedReason`, where a worker writes `code {"value":...}` or `code/cause {...}`.
 * Anything else is a crash or an error nobody foresaw.
 */
export function problemOfFailure(failedReason: string): FilmProblem {
  const brace = failedReason.indexOf(' {');
  const trouble = brace < 0 ? failedReason : failedReason.slice(0, brace);
  if (failedReason.includes('stalled more than')) return filmProblem('worker_crashed');
  if (!isTrouble(trouble)) return filmProblem('encoder_failed', { reason: failedReason.slice(0, 300) });
  try {
    const values: unknown = JSON.parse(brace < 0 ? '{}' : failedReason.slice(brace));
    return filmProblem(trouble, values as ProblemValues);
  } catch {
    return filmProblem(trouble);
  }
}

/** What a worker throws so that `problemOfFailure` can read it. */
export const failureText = (trouble: FilmTrouble, values: ProblemValues = {}): string =>
  Object.keys(values).length === 0 ? trouble : `${trouble} ${JSON.stringify(values)}`;
