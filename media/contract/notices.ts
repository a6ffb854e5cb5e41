import { z } from 'zod';
import { guideItemSchema } from './channels.ts';
import { atMsSchema, endpoint } from './endpoint.ts';
import { codeSchema } from './ids.ts';

const told = z.object({ title: z.string(), startAtMs: atMsSchema });
/** What became of an announcement: moved, renamed, cancelled (no `after`), or added to a day that was announced before (no `before`). */
export const boardChangeSchema = z.object({
  id: z.string(),
  before: told.optional(),
  after: told.optional(),
  atMs: atMsSchema,
});
export type BoardChange = z.infer<typeof boardChangeSchema>;

/** The public notice board of a place (公示栏). */
export const boardSchema = z.object({
  place: codeSchema,
  /** Of the place itself, as a station shows it beside the clock. */
  name: z.string(),
  title: z.string(),
  operators: z.array(z.string()),
  hotline: z.string().optional(),
  /** Where people find this server, for QR codes; the address that was asked where the office set none. */
  address: z.string().optional(),
  /** Changes whenever what is announced changes. */
  revision: z.string(),
  channel: codeSchema,
  timeZone: z.string(),
  serverAtMs: atMsSchema,
  /** The channel is cut: nothing airs as planned until somebody ends that. */
  adjustment: z.object({ title: z.string(), drill: z.boolean(), sinceAtMs: atMsSchema }).optional(),
  /** Since it was first announced, newest last; for a slip that is pinned beside the poster. */
  changes: z.array(boardChangeSchema),
  items: z.array(guideItemSchema.omit({ startOver: true, catchUp: true }).extend({ firstPublishedAtMs: atMsSchema })),
});
export type Board = z.infer<typeof boardSchema>;

const byPlace = z.strictObject({ place: codeSchema });
const byChannel = z.strictObject({ channel: codeSchema });
const withKey = z.strictObject({ key: z.string().max(200).optional(), group: codeSchema.optional() });

export const notices = {
  boardJson: endpoint({
    method: 'GET',
    path: '/board/:place.json',
    who: 'view-board',
    summary: 'Notice board as JSON.',
    params: byPlace,
    reply: boardSchema,
  }),
  boardPoster: endpoint({
    method: 'GET',
    path: '/board/:place.pdf',
    who: 'view-board',
    summary: 'The board as a poster to print; 404 where the server has no browser to draw it with.',
    params: byPlace,
    query: z.strictObject({ paper: z.enum(['a3', 'a4']).optional() }),
    isFile: true,
    contentType: 'application/pdf',
  }),
  boardXml: endpoint({
    method: 'GET',
    path: '/board/:place.xml',
    who: 'view-board',
    summary: 'Notice board as XMLTV.',
    params: byPlace,
    reply: z.string(),
    contentType: 'application/xml; charset=utf-8',
  }),
  boardCalendar: endpoint({
    method: 'GET',
    path: '/board/:place.ics',
    who: 'view-board',
    summary: 'Notice board as a calendar.',
    params: byPlace,
    reply: z.string(),
    contentType: 'text/calendar; charset=utf-8',
  }),
  guideXml: endpoint({
    method: 'GET',
    path: '/guide/:channel.xml',
    who: 'play-live',
    summary: 'XMLTV guide.',
    params: byChannel,
    query: withKey,
    reply: z.string(),
    contentType: 'application/xml; charset=utf-8',
  }),
  guideM3u: endpoint({
    method: 'GET',
    path: '/guide/:channel.m3u',
    who: 'play-live',
    summary: 'M3U list with catch-up attributes.',
    params: byChannel,
    query: withKey,
    reply: z.string(),
    contentType: 'audio/x-mpegurl; charset=utf-8',
  }),
};
