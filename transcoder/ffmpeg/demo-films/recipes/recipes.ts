import type { Recipe } from '../recipe.ts';
import { FLOOD } from './flood.ts';
import { GREENHOUSE } from './greenhouse.ts';
import { MEETING } from './meeting.ts';
import { ORCHARD } from './orchard.ts';
import { PAYMENT } from './payment.ts';
import { RICE } from './rice.ts';
import { SLATE } from './slate.ts';
import { SOIL } from './soil.ts';
import { TERRACES } from './terraces.ts';

/** Every recipe, found by its code. */
export const RECIPES: readonly Recipe[] = [RICE, MEETING, PAYMENT, ORCHARD, FLOOD, GREENHOUSE, SOIL, TERRACES, SLATE];
