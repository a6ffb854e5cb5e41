import { z } from 'zod';
import { atMsSchema, atMsTextSchema, endpoint, personTextSchema } from './endpoint.ts';
import { codeSchema, idSchema } from './ids.ts';

const person = z.object({ id: idSchema, name: z.string() });
const byCode = z.strictObject({ code: codeSchema });
const reason = personTextSchema(500);

/** Shortest insertion: three cells. */
const SHORTEST_INSERTION_MS = 12_000;
/** Longest insertion: what lasts longer than six hours is a plan. */
export const LONGEST_INSERTION_MS = 21_600_000;

/** What displaces the plan of a channel, as the office sees it. */
export const interruptionSchema = z.object({
  id: idSchema,
  kind: z.enum(['cut', 'insertion']),
  /** Place whose screens it is about. */
  scope: codeSchema,
  reason: z.string(),
  /** It airs like the real thing and is marked as a drill wherever it is seen. */
  drill: z.boolean(),
  by: person,
  atMs: atMsSchema,
  /** From when on the list differs; players are told before. */
  effectiveAtMs: atMsSchema,
  /** Exclusive; absent on a cut that nobody has ended. */
  endAtMs: atMsSchema.optional(),
  /** Who asked first to end a cut: somebody else has to agree. */
  endAskedBy: person.optional(),
  /** Film of an insertion. */
  filmId: idSchema.optional(),
  title: z.string().optional(),
});
export type Interruption = z.infer<typeof interruptionSchema>;

/** What a player is told at once: it hides its picture while the channel is cut or until `hiddenUntilAtMs`. */
export const channelNewsSchema = z.object({
  /** Grows with every change of what airs; the `id` of the event. */
  seq: z.number().int(),
  serverAtMs: atMsSchema,
  cut: z.object({ drill: z.boolean(), sinceAtMs: atMsSchema }).optional(),
  /** A film that was withdrawn stands in lists until then: it may not be seen. */
  hiddenUntilAtMs: atMsSchema.optional(),
  insertion: z.object({ title: z.string(), startAtMs: atMsSchema, endAtMs: atMsSchema }).optional(),
});
export type ChannelNews = z.infer<typeof channelNewsSchema>;

export const duty = {
  channelDuty: endpoint({
    method: 'GET',
    path: '/api/channels/:code/duty',
    who: 'cut-channel',
    summary: 'What interrupts a channel now, for the duty officer.',
    params: byCode,
    reply: z.object({
      interruptions: z.array(interruptionSchema),
      /** The newest change: players of this server that are told at once, and players of all servers that have shown it. */
      push: z.object({ seq: z.number().int(), players: z.number().int(), acknowledged: z.number().int() }),
      serverAtMs: atMsSchema,
    }),
  }),
  asRunCsv: endpoint({
    method: 'GET',
    path: '/api/channels/:code/as-run.csv',
    who: 'read-as-run',
    summary: 'What aired in [from, to), at most 31 days, as CSV; what did not because no server was up is marked.',
    params: byCode,
    query: z.strictObject({ from: atMsTextSchema, to: atMsTextSchema, group: codeSchema.optional() }),
    contentType: 'text/csv; charset=utf-8',
    isFile: true,
  }),
  asRunXlsx: endpoint({
    method: 'GET',
    path: '/api/channels/:code/as-run.xlsx',
    who: 'read-as-run',
    summary: 'The same for office programs.',
    params: byCode,
    query: z.strictObject({ from: atMsTextSchema, to: atMsTextSchema, group: codeSchema.optional() }),
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    isFile: true,
  }),
  channelEvents: endpoint({
    method: 'GET',
    path: '/api/channels/:code/events',
    who: 'play-live',
    summary: 'Server-sent events `news`: what changes on a channel, for players; goes on from `Last-Event-ID`.',
    params: byCode,
    query: z.strictObject({ group: codeSchema.optional() }),
    contentType: 'text/event-stream',
    isFile: true,
  }),
  acknowledgeNews: endpoint({
    method: 'POST',
    path: '/api/channels/:code/acknowledgements',
    who: 'play-live',
    summary: 'A player says that a change is on its screen.',
    status: 204,
    params: byCode,
    body: z.strictObject({ seq: z.number().int().positive(), player: z.string().regex(/^[0-9a-z]{8,40}$/) }),
  }),
  cutChannel: endpoint({
    method: 'POST',
    path: '/api/channels/:code/cut',
    who: 'cut-channel',
    summary: 'Cut a channel to slate at once.',
    status: 201,
    params: byCode,
    body: z.strictObject({ scope: codeSchema, reason, drill: z.boolean().default(false) }),
    reply: interruptionSchema,
  }),
  endCut: endpoint({
    method: 'DELETE',
    path: '/api/channels/:code/cut',
    who: 'end-cut',
    summary: 'End a cut: 202 from the first person, 200 from another.',
    alsoStatus: 202,
    stepUp: true,
    params: byCode,
    /** `scope`: the place whose cut is meant; the whole channel's, or the only one, where left out. */
    body: z.strictObject({ reason: reason.optional(), scope: codeSchema.optional() }),
    reply: z.object({ awaiting: z.literal('second_person').optional(), effectiveAtMs: atMsSchema.optional() }),
  }),
  endInsertion: endpoint({
    method: 'DELETE',
    path: '/api/channels/:code/insertions/:id',
    who: 'insert-film',
    summary: 'End an insertion before its time; the plan is where the clock is, or the item that had to wait goes on.',
    params: z.strictObject({ code: codeSchema, id: idSchema }),
    body: z.strictObject({ reason: reason.optional() }),
    reply: z.object({ effectiveAtMs: atMsSchema }),
  }),
  extendInsertion: endpoint({
    method: 'POST',
    path: '/api/channels/:code/insertions/:id/extensions',
    who: 'insert-film',
    summary:
      'Let an insertion go on for longer: 412 when it does not end any more when `endAtMs` says, 409 when its end is listed already.',
    status: 201,
    params: z.strictObject({ code: codeSchema, id: idSchema }),
    /** `endAtMs`: the end that the caller knows, so that two who extend at once do not add up. */
    body: z.strictObject({
      byMs: z.number().int().min(SHORTEST_INSERTION_MS).max(LONGEST_INSERTION_MS),
      endAtMs: atMsSchema,
    }),
    reply: interruptionSchema,
  }),
  insertFilm: endpoint({
    method: 'POST',
    path: '/api/channels/:code/insertions',
    who: 'insert-film',
    summary:
      'Air a film at once for a while; afterwards the plan is where the clock is (join), or the item goes on (resume).',
    status: 201,
    params: byCode,
    body: z.strictObject({
      filmId: idSchema,
      durationMs: z.number().int().min(SHORTEST_INSERTION_MS).max(LONGEST_INSERTION_MS),
      return: z.enum(['join', 'resume']),
      reason,
      /** Airs like the real thing; its title says everywhere that it is a drill. */
      drill: z.boolean().default(false),
      /** One place and those below it; the whole channel where left out. */
      scope: codeSchema.optional(),
    }),
    reply: interruptionSchema,
  }),
};
