import type { Score } from './score.ts';

/** Lengths in a recipe are design pixels: the picture is 1080 of them high (a portrait one: 1080 wide). */
export type DesignPixels = number;

/** A drawing that repeats across the picture's width and scrolls past; negative speed runs to the left. */
export interface TileLayer {
  readonly kind: 'tile';
  readonly picture: string;
  readonly top: DesignPixels;
  readonly pixelsPerSecond: number;
  /** Size relative to the drawing, 1 when absent; 1920 design pixels wide after it. */
  readonly scale?: number;
  /** Downward movement of a drawing that also repeats in height, such as rain. */
  readonly falls?: { readonly tileHeight: DesignPixels; readonly pixelsPerSecond: number };
}

/** A drawing that moves in a straight line and may sway around it. */
export interface SpriteLayer {
  readonly kind: 'sprite';
  readonly picture: string;
  readonly left: DesignPixels;
  readonly top: DesignPixels;
  readonly pixelsPerSecond?: readonly [right: number, down: number];
  readonly sway?: { readonly right: DesignPixels; readonly down: DesignPixels; readonly periodSeconds: number };
  /** Shown from, inclusive, to, exclusive, in seconds of the film; always when absent. */
  readonly shown?: readonly [fromSecond: number, toSecond: number];
  /** Size relative to the drawing, 1 when absent. */
  readonly scale?: number;
}

/** One layer of the moving picture. */
export type Layer = TileLayer | SpriteLayer;

/** A card with a heading and points that appear one after the other. */
export interface Page {
  readonly heading: string;
  readonly points: readonly string[];
  /** From, inclusive, to, exclusive, in seconds of the film. */
  readonly shown: readonly [fromSecond: number, toSecond: number];
}

/** A line of text written on the rearmost drawing: a banner, a notice. */
export interface Sign {
  readonly text: string;
  /** Middle of the line and its baseline. */
  readonly centre: DesignPixels;
  readonly baseline: DesignPixels;
  readonly size: DesignPixels;
  readonly colour: string;
}

/** Where the cards stand: beside the action, not on it. */
export interface CardPlace {
  readonly left: DesignPixels;
  readonly top: DesignPixels;
  readonly width: DesignPixels;
  readonly accent: string;
}

/** What one sound track is made of: a score played by the synthesiser, a recorded voice, or a voice over the score. */
export interface SoundTrack {
  readonly language: string;
  readonly score: Score;
  /** File name in assets/ of a recorded voice and the second at which it begins. */
  readonly voice?: string;
}

/** Everything that makes one film besides its description in media/film/demo-films.ts. */
export interface Recipe {
  readonly code: string;
  /** From the back to the front; the first one fills the picture. */
  readonly layers: readonly Layer[];
  readonly signs?: readonly Sign[];
  /** The opening title; a film without it shows none. */
  readonly title?: { readonly small: string; readonly shown: readonly [fromSecond: number, toSecond: number] };
  readonly card: CardPlace;
  readonly pages: readonly Page[];
  readonly sound: readonly SoundTrack[];
  /** SRT files in assets/, in the order of the film's subtitle languages. */
  readonly subtitles: readonly string[];
  /** True for one picture without movement or running timecode, repeated for the whole length. */
  readonly isStill?: boolean;
}
