/** Where the filters of the technical check write what they see and hear, in the job's folder. */
export const checkFiles = {
  picture: 'picture-check.txt',
  content: 'content-check.txt',
  clipping: 'clipping-check.txt',
  loudness: 'loudness-check.txt',
  silence: 'silence-check.txt',
} as const;

/** A measured stretch of clipped sound, in samples: 40 ms at 48 kHz. */
const clipWindow = 1920;

/**
 * Every picture of the chunk is looked at on its way to the thumbnails: small already, and from the same decode. One frame is
 * enough for either filter, so that what meets a chunk's border is found on both sides of it.
 */
export const pictureCheck = [
  'blackdetect=d=0:pic_th=0.98:pix_th=0.1',
  'freezedetect=n=-60dB:d=0.001',
  `metadata=print:file=${checkFiles.picture}`,
] as const;

/** Bars around the picture, seen once a cell. */
export const contentCheck = [
  'cropdetect=limit=0.094:round=2:reset=0:skip=0',
  `metadata=print:file=${checkFiles.content}`,
] as const;

/** Silence in the sound as it will be heard, before its loudness is changed. */
export const silenceCheck = ['silencedetect=n=-60dB:d=0.1', `ametadata=print:file=${checkFiles.silence}`] as const;

/** Loudness over time and true peak (EBU R 128); the integrated loudness is in the log. */
export const loudnessCheck = [
  'ebur128=metadata=1:peak=true:framelog=verbose',
  `ametadata=print:key=lavfi.r128.S:file=${checkFiles.loudness}`,
] as const;

/** Full scale is looked for in the sound as it was recorded: mixing down would hide it. */
export const clippingCheck = [
  `asetnsamples=n=${String(clipWindow)}:p=0`,
  'astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level',
  'ametadata=mode=select:key=lavfi.astats.Overall.Peak_level:function=greater:value=-0.05',
  `ametadata=print:file=${checkFiles.clipping}`,
  'anullsink',
] as const;
