import { z } from 'zod';
import { guideItemSchema } from './channels.ts';
import { atMsSchema, endpoint } from './endpoint.ts';
import { codeSchema } from './ids.ts';

/** The public notice board of a place (公示栏). */
export const boardSchema = z.object({
  place: codeSchema,
  /** Of the place itself, as a station shows it beside the clock. */
  name: z.string(),
  title: z.string(),
  operators: z.array(z.string()),
  hotline: z.string().optional(),
  /** Changes whenever what is announced changes. */
  revision: z.string(),
  channel: codeSchema,
  timeZone: z.string(),
  serverAtMs: atMsSchema,
  /** The channel is cut: nothing airs as planned until somebody ends that. */
  adjustment: z.object({ title: z.string(), drill: z.boolean(), sinceAtMs: atMsSchema }).optional(),
  items: z.array(guideItemSchema.omit({ startOver: true, catchUp: true }).extend({ firstPublishedAtMs: atMsSchema })),
});
export type Board = z.infer<typeof boardSchema>;

const byPlace = z.strictObject({ place: codeSchema });
const byChannel = z.strictObject({ channel: codeSchema });
const withKey = z.strictObject({ key: z.string().max(200).optional() });

export const notices = {
  boardJson: endpoint({
    method: 'GET',
    path: '/board/:place.json',
    who: 'view-board',
    summary: 'Notice board as JSON.',
    params: byPlace,
    reply: boardSchema,
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
