/** What is wrong, and what to do about it; `{name}` stands for a value. */
export type Sentence = readonly [message: string, cure: string];
export type ProblemLanguage = 'zh' | 'en';

/** Where one code has several causes: `code/cause`. Outsiders know the code; people read what exactly happened. */
export const filmProblemCauses = {
  'unsupported_container/playlist': {
    zh: ['这是播放列表，不是影片本身。', '请上传列表指向的视频文件，不要上传 m3u8、mpd 一类的列表。'],
    en: ['This is a playlist, not a film.', 'Upload the film that the list points to, not the m3u8 or mpd file.'],
  },
  'unsupported_container/picture': {
    zh: ['这是图片，不是视频。', '请用剪辑软件把图片导出为 MP4 视频，再上传。'],
    en: ['This is a picture, not a film.', 'Make an MP4 film of it in an editor, then upload that.'],
  },
  'unsupported_container/archive': {
    zh: [
      '这是压缩包，或 Word、Excel、PPT 一类的文档，不是视频。',
      '请先解压；文稿请另存为 MP4 视频。然后上传里面的视频。',
    ],
    en: [
      'This is an archive or an office document, not a film.',
      'Unpack it, or save the slides as an MP4 film, and upload the film inside.',
    ],
  },
  'unsupported_container/page': {
    zh: ['这是网页，不是视频：多半是下载时登录过期，存下了错误页面。', '请重新下载影片，能在本机播放后再上传。'],
    en: [
      'This is a web page, not a film: the download probably saved an error page.',
      'Download the film again, see that it plays on your computer, then upload it.',
    ],
  },
  'unsupported_container/program': {
    zh: ['这是程序，不是视频。', '请用杀毒软件检查这台电脑，再上传真正的视频文件。'],
    en: ['This is a program, not a film.', 'Check the computer for viruses, then upload the film itself.'],
  },
  'unsupported_container/sound': {
    zh: ['这是录音，没有画面。', '请先配上一张图片导出为视频，再上传。'],
    en: [
      'This is a sound recording without pictures.',
      'Combine it with a still picture in an editor, then upload the film.',
    ],
  },
  'unsupported_container/real_media': {
    zh: ['不支持 RM、RMVB 格式。', '请用转换软件转成 MP4，再上传。'],
    en: ['RealMedia (RM, RMVB) is not supported.', 'Convert it to MP4, then upload it.'],
  },
  'unsupported_container/no_sound_file': {
    zh: [
      '这不是录音，或者是不支持的格式。',
      '请上传 MP3、M4A、WAV、FLAC、OGG 录音或带声音的视频；改扩展名不能改变格式。',
    ],
    en: [
      'This is not a recording, or its format is not supported.',
      'Upload an MP3, M4A, WAV, FLAC or OGG recording or a film with sound; renaming a file does not change its format.',
    ],
  },
  'track_length/longer': {
    zh: [
      '音轨 {language} 比影片长 {seconds} 秒，多出的部分已截去。',
      '请核对录音与影片是否配套；需要时重新录制后替换。',
    ],
    en: [
      'The sound in {language} is {seconds} s longer than the film; the rest was cut off.',
      'Check that the recording belongs to this film, and replace it if it does not.',
    ],
  },
  'track_length/shorter': {
    zh: ['音轨 {language} 比影片短 {seconds} 秒，后面补为静音。', '请核对录音与影片是否配套；需要时重新录制后替换。'],
    en: [
      'The sound in {language} is {seconds} s shorter than the film; silence follows it.',
      'Check that the recording belongs to this film, and replace it if it does not.',
    ],
  },
  'unreadable/no_index': {
    zh: [
      '文件打不开：缺少索引（moov）。',
      '录制没有正常结束，或没有复制完。请从原设备重新复制，或用修复软件修复后再上传。',
    ],
    en: [
      'The file cannot be opened: its index (moov) is missing.',
      'Recording or copying did not come to its end. Copy it again from the device, or repair it, then upload it.',
    ],
  },
  'unreadable/cut_off': {
    zh: ['文件打不开：只有开头，后面没有了。', '没有复制完。请从原设备重新复制后再上传。'],
    en: ['The file cannot be opened: nothing follows its beginning.', 'Copy it again from the device, then upload it.'],
  },
  'unreadable/not_as_named': {
    zh: ['文件打不开：开头像视频，里面的内容读不出来。', '文件多半已经损坏。请从原设备重新导出后再上传。'],
    en: [
      'The file cannot be opened: it begins like a film, but its contents make no sense.',
      'It is probably damaged. Export it again from the device, then upload it.',
    ],
  },
  'unreadable/no_picture_data': {
    zh: [
      '文件里有画面轨道，但没有画面数据：画面可能存放在另一个文件里。',
      '请在剪辑软件里导出“自包含”的影片，再上传。',
    ],
    en: [
      'The file has a picture track, but no pictures in it: they may be kept in another file.',
      'Export a self-contained film from the editor, then upload it.',
    ],
  },
  'unreadable/undecodable': {
    zh: ['画面解不开：有一段连一帧也读不出来。', '文件已经损坏。请从原设备重新导出或复制后再上传。'],
    en: [
      'The pictures cannot be decoded: of some part not one can be read.',
      'The file is damaged. Export or copy it again from the device, then upload it.',
    ],
  },
  'unreadable/too_much_index': {
    zh: ['文件头的信息多得异常，读不完。', '请用剪辑软件重新导出后再上传。'],
    en: ['The description at its head is far too long.', 'Export the film again from an editor, then upload it.'],
  },
  'damaged/cut_short': {
    zh: ['文件不完整：只有 {haveSeconds} 秒，应有 {declaredSeconds} 秒。', '审核时请完整看一遍；有原片时请重新上传。'],
    en: [
      'The file is not whole: it has {haveSeconds} of {declaredSeconds} seconds.',
      'Watch it to the end before passing it; upload the original if there is one.',
    ],
  },
  'damaged/pause': {
    zh: ['中间有 {pauseSeconds} 秒没有画面和声音。', '审核时请看那一段；不该有时请重新导出后上传。'],
    en: [
      'Picture and sound are missing for {pauseSeconds} seconds in the middle.',
      'Watch that part before passing it; export the film again if it should not be there.',
    ],
  },
  'damaged/time_codes': {
    zh: ['有的时间码不对，个别画面可能跳动。', '审核时请完整看一遍；需要时用剪辑软件重新导出。'],
    en: [
      'Some time codes are wrong, so pictures may jump.',
      'Watch it to the end before passing it; export it again from an editor if needed.',
    ],
  },
  'damaged/read_errors': {
    zh: ['读取时有 {errors} 处错误，可能有花屏或跳动。', '审核时请完整看一遍；有原片时请重新上传。'],
    en: [
      'Reading met {errors} errors; pictures may be broken.',
      'Watch it to the end before passing it; upload the original if there is one.',
    ],
  },
  'damaged/decode_errors': {
    zh: ['解码时有 {errors} 处错误，可能有花屏或杂音。', '审核时请完整看一遍；有原片时请重新上传。'],
    en: [
      'Decoding met {errors} errors; pictures or sound may be broken.',
      'Watch it to the end before passing it; upload the original if there is one.',
    ],
  },
  'damaged/unknown_sound': {
    zh: ['声音的编码认不出，成片没有声音。', '需要声音时，请用 AAC 声音重新导出后上传。'],
    en: [
      'The codec of its sound is unknown, so the film is silent.',
      'If it should be heard, export it with AAC sound and upload it again.',
    ],
  },
  'limit_exceeded/time': {
    zh: ['转码用时远超片长，已停止。', '请用剪辑软件重新导出后再上传；再次出现时请联系管理员。'],
    en: [
      'Encoding took far longer than the film lasts and was stopped.',
      'Export the film again from an editor and upload it; tell the administrator if it happens again.',
    ],
  },
  'limit_exceeded/bytes': {
    zh: ['转码写出的数据多得异常，已停止。', '时间码可能有错。请用剪辑软件重新导出后再上传。'],
    en: [
      'Encoding wrote far too much and was stopped.',
      'Its time codes may be wrong. Export the film again from an editor, then upload it.',
    ],
  },
  'limit_exceeded/cpu': {
    zh: ['转码消耗的计算量远超片长，已停止。', '请用剪辑软件重新导出后再上传。'],
    en: [
      'Encoding needed far too much computing and was stopped.',
      'Export the film again from an editor, then upload it.',
    ],
  },
  'encoder_failed/out_of_memory': {
    zh: ['转码时内存不够。', '请管理员关闭服务器上的其他程序或增加内存，然后点“重试”。'],
    en: ['The encoder ran out of memory.', 'Close other programs on the server or add memory, then press retry.'],
  },
  'encoder_failed/crashed': {
    zh: ['转码器崩溃了（{signal}）。', '请点“重试”；再次出现时请重新导出影片后上传，并请管理员更新 ffmpeg。'],
    en: [
      'The encoder crashed ({signal}).',
      'Press retry; if it happens again, export the film anew and have the administrator update ffmpeg.',
    ],
  },
  'encoder_failed/killed': {
    zh: ['转码器被系统强行结束，多半是内存不够。', '请管理员检查服务器内存，然后点“重试”。'],
    en: [
      'The system ended the encoder by force, probably for lack of memory.',
      'Have the administrator check the memory of the server, then press retry.',
    ],
  },
  'encoder_failed/not_installed': {
    zh: ['服务器上没有可用的 ffmpeg。', '请管理员安装或修复 ffmpeg，然后点“重试”。'],
    en: ['The server has no working ffmpeg.', 'Have the administrator install or repair ffmpeg, then press retry.'],
  },
  'encoder_failed/part_missing': {
    zh: ['服务器的 ffmpeg 缺少需要的部件（{part}）。', '请管理员安装完整的 ffmpeg，然后点“重试”。'],
    en: [
      'The ffmpeg of the server lacks a part that is needed ({part}).',
      'Have the administrator install a complete ffmpeg, then press retry.',
    ],
  },
  'encoder_failed/no_permission': {
    zh: ['转码器没有读写文件的权限。', '请管理员检查数据目录的权限，然后点“重试”。'],
    en: [
      'The encoder may not read or write its files.',
      'Have the administrator check who owns the data folder, then press retry.',
    ],
  },
  'encoder_failed/read_only': {
    zh: ['服务器的磁盘变成只读，写不进去。', '磁盘可能出了故障。请管理员检查磁盘，然后点“重试”。'],
    en: [
      'The disk of the server has become read-only.',
      'It may be failing: have the administrator check the disk, then press retry.',
    ],
  },
  'encoder_failed/too_many_files': {
    zh: ['服务器打开的文件太多。', '请管理员提高打开文件数的限制，然后点“重试”。'],
    en: [
      'The server has too many open files.',
      'Have the administrator raise the limit on open files, then press retry.',
    ],
  },
  'encoder_failed/source_unreadable': {
    zh: ['转码器读不下去：{reason}。', '请点“重试”；再次出现时请重新导出影片后上传。'],
    en: [
      'The encoder could not go on reading: {reason}.',
      'Press retry; export the film again and upload it if it happens again.',
    ],
  },
} as const satisfies Record<`${string}/${string}`, Record<ProblemLanguage, Sentence>>;

/** A cause below a code, `code/cause`. */
export type FilmProblemCause = keyof typeof filmProblemCauses;
