/** The AAC encodes that are made of each language, in bit/s. */
export const audioQualities = { high: 128_000, low: 48_000 } as const;
export type AudioQuality = keyof typeof audioQualities;

/** RFC 6381 string of AAC-LC. */
export const audioCodec = 'mp4a.40.2';

/** One rung of the house ladder; its parameters are the same for every film, so that seams are clean (house-profile.md 2). */
export type HouseRung = {
  readonly name: string;
  /** Canvas in pixels, 16:9, SAR 1:1. */
  readonly width: number;
  readonly height: number;
  /** RFC 6381 string of the video, a constant of the rung. */
  readonly codec: string;
  /** H.264 level as x264 takes it. */
  readonly level: string;
  /** A faster film is shown at half its rate on this rung. */
  readonly maxFrameRate: number;
  /** Decoder buffer of the video: peak rate in kbit/s and size in kbit. */
  readonly maxrateKbps: number;
  readonly bufferKbits: number;
  /** Which audio encode is muxed in. */
  readonly audio: AudioQuality;
  /** What playlists declare in bit/s: no 4 s segment of any film needs more, container and audio included. */
  readonly bandwidthBps: number;
};

/**
 * Highest first. Caps follow perf.md 1.9. A 4 s window of a buffered stream holds at most 4 s of maxrate and one buffer;
 * the declared bandwidth adds the audio, 2.2 % of TS headers and about 120 bytes a frame of PES headers and stuffing.
 */
export const houseLadder: readonly HouseRung[] = [
  {
    name: '2160p',
    width: 3840,
    height: 2160,
    codec: 'avc1.640033',
    level: '5.1',
    maxFrameRate: 30,
    maxrateKbps: 16_589,
    bufferKbits: 33_178,
    audio: 'high',
    bandwidthBps: 25_900_000,
  },
  {
    name: '1440p',
    width: 2560,
    height: 1440,
    codec: 'avc1.640033',
    level: '5.1',
    maxFrameRate: 60,
    maxrateKbps: 8_600,
    bufferKbits: 17_200,
    audio: 'high',
    bandwidthBps: 13_600_000,
  },
  {
    name: '1080p',
    width: 1920,
    height: 1080,
    codec: 'avc1.64002a',
    level: '4.2',
    maxFrameRate: 60,
    maxrateKbps: 5_184,
    bufferKbits: 10_368,
    audio: 'high',
    bandwidthBps: 8_300_000,
  },
  {
    name: '720p',
    width: 1280,
    height: 720,
    codec: 'avc1.640020',
    level: '3.2',
    maxFrameRate: 60,
    maxrateKbps: 2_534,
    bufferKbits: 5_068,
    audio: 'high',
    bandwidthBps: 4_150_000,
  },
  {
    name: '480p',
    width: 854,
    height: 480,
    codec: 'avc1.64001f',
    level: '3.1',
    maxFrameRate: 30,
    maxrateKbps: 1_230,
    bufferKbits: 2_460,
    audio: 'high',
    bandwidthBps: 2_100_000,
  },
  {
    name: '360p',
    width: 640,
    height: 360,
    codec: 'avc1.64001f',
    level: '3.1',
    maxFrameRate: 30,
    maxrateKbps: 720,
    bufferKbits: 1_080,
    audio: 'high',
    bandwidthBps: 1_200_000,
  },
  {
    name: '216p',
    width: 384,
    height: 216,
    codec: 'avc1.64001e',
    level: '3.0',
    maxFrameRate: 30,
    maxrateKbps: 160,
    bufferKbits: 160,
    audio: 'low',
    bandwidthBps: 300_000,
  },
];

/**
 * The highest rung once more as HEVC Main, for screens that decode it: two thirds of the bits. Only in package cmaf, because HEVC in
 * MPEG-TS plays nowhere, and never on a channel, because H.264 plays everywhere.
 */
export const hevcRung = {
  name: '2160p-hevc',
  of: '2160p',
  codec: 'hvc1.1.6.L150.90',
  /** As x265 takes it. */
  level: '5.0',
  maxrateKbps: 11_000,
  bufferKbits: 22_000,
  bandwidthBps: 17_200_000,
} as const;

/** The rung with sound alone, which every film has: the low encode with a quarter more for its container, and room. */
export const soundRung = { name: 'audio', audio: 'low', bandwidthBps: 80_000 } as const;

/** Name of the rung whose key frames can be wound through: clear enough to find a place, small on a thin line. */
export const windingRung = (rungs: readonly { readonly name: string }[]): string | undefined =>
  (rungs.find(({ name }) => name === '360p') ?? rungs.at(-1))?.name;

/** What playlists declare of a rung in bit/s. */
export const boundOf = (name: string): number =>
  [...houseLadder, hevcRung, soundRung].find((rung) => rung.name === name)?.bandwidthBps ?? 0;

/** The same for package cmaf, where every rung plays with the one high-quality sound. */
export function cmafBoundOf(name: string): number {
  const rung = houseLadder.find((one) => one.name === name);
  const dearer = rung?.audio === 'low' ? Math.ceil((audioQualities.high - audioQualities.low) * 1.05) : 0;
  return boundOf(name) + dearer;
}

/** Picture of a source as it is seen: upright and with square pixels. */
export type Picture = { readonly width: number; readonly height: number };

/** How far a picture is scaled to fit a canvas; above 1 it is scaled up. */
export const fitRatio = (picture: Picture, canvas: Picture): number =>
  Math.min(canvas.width / picture.width, canvas.height / picture.height);

/** Allows for sources a few lines short of a standard size, such as 1916x1076. */
const nearlyWhole = 1.02;

/** Rungs that a county may have its ladders begin with: less disk and shorter encodes for less detail. */
export const highestRungs = ['2160p', '1080p', '720p', '480p'] as const;
export type HighestRung = (typeof highestRungs)[number];

/** What a county chooses of the ladder. */
export type LadderOptions = { readonly with1440p?: boolean; readonly highestRung?: HighestRung };

/**
 * The rungs of a film, highest first: every canvas up to the highest rung that its picture fills without scaling up, and always the
 * lowest.
 */
export function ladderFor(
  picture: Picture,
  { with1440p = false, highestRung = '2160p' }: LadderOptions = {},
): readonly HouseRung[] {
  const first = houseLadder.findIndex(({ name }) => name === highestRung);
  return houseLadder.filter(
    (rung, index) =>
      index === houseLadder.length - 1 ||
      (index >= first && fitRatio(picture, rung) <= nearlyWhole && (with1440p || rung.name !== '1440p')),
  );
}

/** Where a picture sits on a canvas: even sides in pixels, centred, the rest is black. */
export function placeOnCanvas(picture: Picture, canvas: Picture): Picture {
  const ratio = fitRatio(picture, canvas);
  const even = (side: number, limit: number): number =>
    Math.min(limit, Math.max(2, Math.round((side * ratio) / 2) * 2));
  const width = even(picture.width, canvas.width);
  const height = even(picture.height, canvas.height);
  // A bar of one or two lines is a rounding error, not a letter-box.
  return {
    width: canvas.width - width <= 4 ? canvas.width : width,
    height: canvas.height - height <= 4 ? canvas.height : height,
  };
}

/** Frame rate of a rung of a film: the film's own, or half of it where the rung is capped. */
export const rungFrameRate = (rung: HouseRung, filmRate: number): number =>
  filmRate > rung.maxFrameRate ? filmRate / 2 : filmRate;
