import { soundMends } from './sound-mend.ts';

/** What the house may have to change about a film on its way to the air; screens have words for each. */
export const conversionCodes = [
  'scaled',
  'scaled_up',
  'pillar_boxed',
  'letter_boxed',
  'pixels_squared',
  'deinterlaced',
  'rotated',
  'tone_mapped',
  'depth_reduced',
  'colour_reduced',
  'frame_rate',
  'silence_added',
  'upmixed',
  'downmixed',
  ...soundMends,
] as const;
export type ConversionCode = (typeof conversionCodes)[number];

/** Says whether this version has words for a code that a manifest names. */
export const isConversion = (code: string): code is ConversionCode =>
  (conversionCodes as readonly string[]).includes(code);
