import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { idSchema } from './ids.ts';

/** Longest sheet file; more is answered 413. */
export const MOST_SHEET_BYTES = 5 * 1_048_576;

const flag = z.enum(['true', 'false']).optional();
const sheetBytes = z.instanceof(Uint8Array);
const byId = z.strictObject({ id: idSchema });

/** A film that a row may mean, as the library knows it. */
export const sheetFilmSchema = z.object({ filmId: idSchema, title: z.string(), durationMs: z.number().optional() });

/** One programme of a sheet, with the film that it means or those that it may mean. */
export const sheetRowSchema = z.object({
  page: z.string(),
  line: z.number().int(),
  date: z.string(),
  /** Ms since midnight; absent on what follows the row above. */
  startMs: z.number().int().exactOptional(),
  endMs: z.number().int().exactOptional(),
  start: z.object({ startMode: z.enum(['hard', 'soft', 'follow']), maxLateMs: z.number().int() }),
  title: z.string(),
  film: z.string().exactOptional(),
  lengthMs: z.number().int().exactOptional(),
  mustWatch: z.boolean().exactOptional(),
  note: z.string().exactOptional(),
  match: z.object({
    /** `number`, `exact`, `same` (but for width, case and punctuation) and `pinyin` are certain; `alike` and `none` are for people; `slot` is open without a film. */
    kind: z.enum(['number', 'exact', 'same', 'pinyin', 'alike', 'none', 'slot']),
    film: sheetFilmSchema.optional(),
    /** Best first, at most five. */
    candidates: z.array(sheetFilmSchema),
  }),
});
export type SheetRowView = z.infer<typeof sheetRowSchema>;

/** One thing that is wrong with a row, in the form of a plan's findings. */
export const sheetFindingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  page: z.string(),
  line: z.number().int(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type SheetFindingView = z.infer<typeof sheetFindingSchema>;

const count = z.number().int();
/** What a sheet changes in the draft, per county date. */
const changesSchema = z.object({
  added: count,
  removed: count,
  changed: count,
  days: z.array(z.object({ date: z.string(), added: count, removed: count, changed: count })),
});

export const sheetReplySchema = z.object({
  rows: z.array(sheetRowSchema),
  findings: z.array(sheetFindingSchema),
  changes: changesSchema,
  applied: z.boolean(),
  /** Version of the plan that it was held against, or that it made. */
  version: count,
});
export type SheetReply = z.infer<typeof sheetReplySchema>;

export const sheet = {
  importSheet: endpoint({
    method: 'POST',
    path: '/api/plans/:id/sheet',
    who: 'edit-plan',
    summary:
      'Read a month’s sheet (.xlsx or CSV, the file itself as body): rows, films and findings. `apply=true` (with If-Match) puts it into the draft; 422 `findings` while an error stands.',
    bodyBytes: MOST_SHEET_BYTES,
    isRawBody: true,
    params: byId,
    query: z.strictObject({ apply: flag }),
    body: sheetBytes,
    reply: sheetReplySchema,
  }),
  annotateSheet: endpoint({
    method: 'POST',
    path: '/api/plans/:id/sheet/annotated',
    who: 'edit-plan',
    summary: 'The same sheet as .xlsx with what was found beside each row.',
    bodyBytes: MOST_SHEET_BYTES,
    isRawBody: true,
    isFile: true,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    params: byId,
    body: sheetBytes,
  }),
  exportSheet: endpoint({
    method: 'GET',
    path: '/api/plans/:id/sheet.xlsx',
    who: 'read-plans',
    summary: 'The plan’s list as a sheet; importing it again changes nothing.',
    isFile: true,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    params: byId,
  }),
  sheetTemplate: endpoint({
    method: 'GET',
    path: '/api/plans/:id/sheet-template.xlsx',
    who: 'edit-plan',
    summary: 'An empty sheet for the plan’s days, with validation and the list of films.',
    isFile: true,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    params: byId,
  }),
};
