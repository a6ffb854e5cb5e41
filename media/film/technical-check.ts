import { z } from 'zod';

/** A stretch of the film's clock, [fromMs, toMs). */
const runSchema = z.object({ fromMs: z.number(), toMs: z.number() });
export type Run = z.infer<typeof runSchema>;

/** Part of the canvas that is not black, as shares of its width and height. */
const contentBoxSchema = z.object({
  left: z.number(),
  top: z.number(),
  right: z.number(),
  bottom: z.number(),
});
type ContentBox = z.infer<typeof contentBoxSchema>;

/** What was seen in the pictures of one chunk while they were decoded; a run that meets the chunk's edge may go on beyond it. */
export const pictureCheckSchema = z.object({
  black: z.array(runSchema),
  still: z.array(runSchema),
  /** Over all cells of the chunk; absent where all are black. */
  content: contentBoxSchema.optional(),
});
export type PictureCheck = z.infer<typeof pictureCheckSchema>;

/** What was heard in one language of the whole film, before its loudness was changed. */
export const soundCheckSchema = z.object({
  silence: z.array(runSchema),
  /** Samples at full scale, again and again. */
  clipped: z.array(runSchema),
  /** Louder than the film as a whole, by so many LU at most (EBU R 128, short-term). */
  loud: z.array(runSchema.extend({ value: z.number() })),
  /** dBTP; null for silence. */
  truePeakDb: z.number().nullable(),
});
export type SoundCheck = z.infer<typeof soundCheckSchema>;

/** What a reviewer's eye or ear is led to. Those of the last row speak of the whole film. */
export const markKinds = [
  ...(['black', 'freeze', 'silence', 'clipping', 'loudness', 'picture_ends'] as const),
  ...(['aspect', 'quiet', 'short'] as const),
] as const;
export type MarkKind = (typeof markKinds)[number];

/**
 * One finding on the film's clock. `value`: how many LU `loudness` is too loud and `quiet` too soft, how much of the screen
 * `aspect` fills in per cent. `detail`: the language of the sound where it is not the main one.
 */
export type Mark = Run & {
  readonly kind: MarkKind;
  readonly value?: number | undefined;
  readonly detail?: string | undefined;
};

/** From where on a county is shown a mark. */
export const markThresholdsSchema = z.strictObject({
  blackMs: z.number().int().min(400).max(60_000),
  freezeMs: z.number().int().min(1000).max(600_000),
  silenceMs: z.number().int().min(1000).max(600_000),
  clippingMs: z.number().int().min(80).max(60_000),
  /** How much louder than the film a part of it is, in LU. */
  loudnessLu: z.number().min(6).max(30),
  /** A picture that fills less of the screen, in per cent. */
  filledPercent: z.number().int().min(0).max(100),
});
export type MarkThresholds = z.infer<typeof markThresholdsSchema>;

/** What holds where a county set nothing. A 4:3 picture fills 75 % of the screen, a film of 2.39:1 fills 74 %. */
export const markPresets: MarkThresholds = {
  blackMs: 2000,
  freezeMs: 5000,
  silenceMs: 3000,
  clippingMs: 200,
  loudnessLu: 10,
  filledPercent: 72,
};

/** What is too short for every county is not kept at all. */
const shortest: Partial<Record<MarkKind, number>> = { black: 400, freeze: 1000, silence: 1000, clipping: 80 };
/** Of a kind, the longest so many are kept: a reviewer who sees more of them has seen enough. */
const mostOfAKind = 200;
/** Items on air last at least three cells. */
const shortestItemMs = 12_000;
/** A picture that ends so little before its sound is no finding. */
const shortHoldMs = 500;

/** One chunk's place on the film's clock, and runs that were found inside it. */
type Found = { readonly fromMs: number; readonly toMs: number; readonly runs: readonly Run[] };

/** Runs of chunks as runs of the film: what meets a border on both sides is one. Inside a chunk neighbours stay apart. */
export function joinAtBorders(chunks: readonly Found[]): readonly Run[] {
  const joined: Run[] = [];
  for (const chunk of chunks) {
    const before = joined.at(-1);
    const [first, ...rest] = chunk.runs;
    if (first === undefined) continue;
    const goesOn = before?.toMs === chunk.fromMs && first.fromMs === chunk.fromMs;
    if (goesOn) joined[joined.length - 1] = { fromMs: before.fromMs, toMs: first.toMs };
    else joined.push(first);
    joined.push(...rest);
  }
  return joined;
}

/** Joins runs that are at most `gapMs` apart; the larger value of two counts. */
export function joinNear<Kept extends Run & { readonly value?: number }>(
  runs: readonly Kept[],
  gapMs: number,
): readonly Kept[] {
  const joined: Kept[] = [];
  for (const run of [...runs].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last === undefined || run.fromMs > last.toMs + gapMs) joined.push(run);
    else {
      const value = last.value === undefined ? {} : { value: Math.max(last.value, run.value ?? 0) };
      joined[joined.length - 1] = { ...last, ...value, toMs: Math.max(last.toMs, run.toMs) };
    }
  }
  return joined;
}

const union = (a: ContentBox | undefined, b: ContentBox): ContentBox =>
  a === undefined
    ? b
    : {
        left: Math.min(a.left, b.left),
        top: Math.min(a.top, b.top),
        right: Math.max(a.right, b.right),
        bottom: Math.max(a.bottom, b.bottom),
      };

/** How much of the screen the picture fills over the whole film, in per cent; undefined for a black film. */
export function filledPercentOf(boxes: readonly (ContentBox | undefined)[]): number | undefined {
  const box = boxes.reduce<ContentBox | undefined>(
    (all, one) => (one === undefined ? all : union(all, one)),
    undefined,
  );
  return box === undefined ? undefined : Math.round((box.right - box.left) * (box.bottom - box.top) * 100);
}

/** Everything that was measured of a film. */
export type CheckFacts = {
  readonly durationMs: number;
  readonly pictureEndMs: number;
  readonly chunks: readonly (Omit<Found, 'runs'> & { readonly check?: PictureCheck | undefined })[];
  /** The main language first. */
  readonly sounds: readonly {
    readonly language: string;
    readonly check?: SoundCheck | undefined;
    /** What loudness the house could not give it back, in LU. */
    readonly lacksLu: number;
  }[];
};

const marksOf = (kind: MarkKind, runs: readonly (Run & { readonly value?: number })[], detail?: string): Mark[] =>
  runs.map(({ fromMs, toMs, value }) => ({
    kind,
    fromMs,
    toMs,
    ...(value === undefined ? {} : { value }),
    ...(detail === undefined ? {} : { detail }),
  }));

function pictureMarks({ chunks, durationMs, pictureEndMs }: CheckFacts): Mark[] {
  const of = (name: 'black' | 'still'): readonly Run[] =>
    joinAtBorders(chunks.map(({ fromMs, toMs, check }) => ({ fromMs, toMs, runs: check?.[name] ?? [] })));
  const filled = filledPercentOf(chunks.map(({ check }) => check?.content));
  const whole = { fromMs: 0, toMs: durationMs };
  const isHeld = durationMs - pictureEndMs > shortHoldMs;
  return [
    ...marksOf('black', of('black')),
    ...marksOf('freeze', of('still')),
    ...(isHeld ? marksOf('picture_ends', [{ fromMs: pictureEndMs, toMs: durationMs }]) : []),
    ...(filled === undefined ? [] : marksOf('aspect', [{ ...whole, value: filled }])),
    ...(durationMs < shortestItemMs ? marksOf('short', [whole]) : []),
  ];
}

function soundMarks({ sounds, durationMs }: CheckFacts): Mark[] {
  return sounds.flatMap(({ language, check, lacksLu }, index) => {
    const detail = index === 0 ? undefined : language;
    return [
      ...marksOf('silence', check?.silence ?? [], detail),
      ...marksOf('clipping', check?.clipped ?? [], detail),
      ...marksOf('loudness', check?.loud ?? [], detail),
      ...(lacksLu > 0 ? marksOf('quiet', [{ fromMs: 0, toMs: durationMs, value: lacksLu }], detail) : []),
    ];
  });
}

const lengthOf = ({ fromMs, toMs }: Run): number => toMs - fromMs;

/** What is found in a film, in order of time, inside [0, durationMs): the padding of its last cell is nobody's fault. */
export function technicalMarks(facts: CheckFacts): readonly Mark[] {
  const inside = [...pictureMarks(facts), ...soundMarks(facts)]
    .map((mark) => ({ ...mark, fromMs: Math.max(0, mark.fromMs), toMs: Math.min(facts.durationMs, mark.toMs) }))
    .filter((mark) => lengthOf(mark) > 0 && lengthOf(mark) >= (shortest[mark.kind] ?? 0));
  const kept = markKinds.flatMap((kind) =>
    inside
      .filter((mark) => mark.kind === kind)
      .sort((a, b) => lengthOf(b) - lengthOf(a))
      .slice(0, mostOfAKind),
  );
  return kept.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

/** Says whether a county wants to be shown a mark. */
function isShown({ kind, fromMs, toMs, value = 0 }: Mark, limits: MarkThresholds): boolean {
  const lasts = toMs - fromMs;
  switch (kind) {
    case 'black':
      return lasts >= limits.blackMs;
    case 'freeze':
      return lasts >= limits.freezeMs;
    case 'silence':
      return lasts >= limits.silenceMs;
    case 'clipping':
      return lasts >= limits.clippingMs;
    case 'loudness':
      return value >= limits.loudnessLu;
    case 'aspect':
      return value < limits.filledPercent;
    case 'picture_ends':
    case 'quiet':
    case 'short':
      return true;
  }
}

const isMarkKind = (kind: string): kind is MarkKind => (markKinds as readonly string[]).includes(kind);

/** The marks of a manifest that a county wants to see; kinds that this version does not know are left out. */
export const shownMarks = (
  marks: readonly (Omit<Mark, 'kind'> & { readonly kind: string })[],
  limits: MarkThresholds,
): readonly Mark[] =>
  marks.flatMap(({ kind, ...mark }) => {
    const known = isMarkKind(kind) ? { ...mark, kind } : undefined;
    return known !== undefined && isShown(known, limits) ? [known] : [];
  });
