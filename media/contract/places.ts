import { z } from 'zod';
import { countySettingsChangeSchema, countySettingsSchema } from './county-settings.ts';
import { endpoint, listOf, pageQuery, personTextSchema } from './endpoint.ts';
import { codeSchema } from './ids.ts';

export const placeKinds = ['county', 'township', 'village', 'station'] as const;
export const placeSchema = z.object({
  code: codeSchema,
  name: z.string(),
  kind: z.enum(placeKinds),
  /** Code of the place above; only the county has none. */
  parent: codeSchema.optional(),
  /** A and B operator, shown on the notice board. */
  operators: z.array(z.string()),
  hotline: z.string().optional(),
});
export type Place = z.infer<typeof placeSchema>;

export const categorySchema = z.object({
  code: codeSchema,
  name: z.string(),
  reviewsNeeded: z.number().int().min(1).max(3),
});
export type Category = z.infer<typeof categorySchema>;

const byCode = z.strictObject({ code: codeSchema });
const operators = z.array(personTextSchema(40)).max(4);
const hotline = z.string().regex(/^[0-9 +-]{3,20}$/, 'Digits, spaces, + and - only.');

export const places = {
  listPlaces: endpoint({
    method: 'GET',
    path: '/api/places',
    who: 'public',
    summary: 'County, townships, villages, stations; all of them without `limit`.',
    query: z.strictObject(pageQuery),
    reply: listOf(placeSchema),
  }),
  createPlace: endpoint({
    method: 'POST',
    path: '/api/places',
    who: 'manage-places',
    summary: 'Add a place below another.',
    status: 201,
    body: z.strictObject({
      code: codeSchema,
      name: personTextSchema(60),
      kind: z.enum(placeKinds),
      parent: codeSchema.optional(),
      operators: operators.optional(),
      hotline: hotline.optional(),
    }),
    reply: placeSchema,
  }),
  changePlace: endpoint({
    method: 'PATCH',
    path: '/api/places/:code',
    who: 'manage-places',
    summary: 'Change name, operators or hotline.',
    params: byCode,
    body: z.strictObject({
      name: personTextSchema(60).optional(),
      operators: operators.optional(),
      hotline: hotline.optional(),
    }),
    reply: placeSchema,
  }),
  listCategories: endpoint({
    method: 'GET',
    path: '/api/categories',
    who: 'public',
    summary: 'Categories of films; all of them without `limit`.',
    query: z.strictObject(pageQuery),
    reply: listOf(categorySchema),
  }),
  createCategory: endpoint({
    method: 'POST',
    path: '/api/categories',
    who: 'manage-categories',
    summary: 'Add a category.',
    status: 201,
    body: z.strictObject({
      code: codeSchema,
      name: personTextSchema(40),
      reviewsNeeded: z.number().int().min(1).max(3).default(1),
    }),
    reply: categorySchema,
  }),
  changeCategory: endpoint({
    method: 'PATCH',
    path: '/api/categories/:code',
    who: 'manage-categories',
    summary: 'Change name or the number of reviews.',
    params: byCode,
    body: z.strictObject({
      name: personTextSchema(40).optional(),
      reviewsNeeded: z.number().int().min(1).max(3).optional(),
    }),
    reply: categorySchema,
  }),
  readSettings: endpoint({
    method: 'GET',
    path: '/api/settings',
    who: 'manage-settings',
    summary: 'County settings.',
    reply: countySettingsSchema,
  }),
  changeSettings: endpoint({
    method: 'PATCH',
    path: '/api/settings',
    who: 'manage-settings',
    summary: 'Change county settings; dated and audited.',
    stepUp: true,
    body: countySettingsChangeSchema,
    reply: countySettingsSchema,
  }),
};
