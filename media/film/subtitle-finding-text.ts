/** What can be wrong with a subtitle file; every code has its words below. */
export const subtitleFindings = {
  bad_times: {
    zh: '时间“{found}”看不懂。请写成 00:01:02,500 --> 00:01:05,000。',
    en: 'The times "{found}" cannot be read. Write them as 00:01:02,500 --> 00:01:05,000.',
  },
  ends_early: {
    zh: '结束时间不在开始时间之后。请改正这一条的时间。',
    en: 'It ends before it begins. Correct the times of this cue.',
  },
  no_times: {
    zh: '这一段没有时间，未采用。需要显示的话请补上时间。',
    en: 'This part has no times and was left out. Add times if it should be shown.',
  },
  long_text: {
    zh: '这一条文字太长。请分成几条，每条不超过 1000 个字符。',
    en: 'The text of this cue is too long. Split it into cues of at most 1000 characters.',
  },
  past_end: {
    zh: '这一条在影片结束之后，未采用。请检查字幕与影片是否配套。',
    en: 'This cue begins after the end of the film and was left out. Check that the file belongs to this film.',
  },
  over_end: {
    zh: '这一条超出影片结尾，已截短。',
    en: 'This cue goes on after the end of the film and was cut short.',
  },
  overlap: {
    zh: '这一条与前面的同时显示。如非有意，请错开时间。',
    en: 'This cue is shown together with an earlier one. Move it if that is not meant.',
  },
  too_many_cues: {
    zh: '字幕条数太多，最多 {most} 条。请分成几个文件或删去重复的。',
    en: 'The file has too many cues; at most {most} are taken. Remove repeated ones.',
  },
  no_cues: {
    zh: '文件里没有字幕。请选择 SRT 或 WebVTT 字幕文件。',
    en: 'The file has no subtitles. Choose an SRT or WebVTT file.',
  },
  unknown_encoding: {
    zh: '文字编码无法识别。请另存为 UTF-8 后再上传。',
    en: 'The encoding of the text is not known. Save the file as UTF-8 and try again.',
  },
} as const;

/** What a finding is told from. */
interface FindingWords {
  readonly line: number;
  readonly code: keyof typeof subtitleFindings;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A finding in words, with its line and its cure. */
export function subtitleFindingText({ line, code, values }: FindingWords, language: 'zh' | 'en'): string {
  const said = subtitleFindings[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  return language === 'zh' ? `第 ${line} 行：${said}` : `Line ${line}: ${said}`;
}
