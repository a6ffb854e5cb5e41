import type { Routes } from '../http/serve.ts';
import type { OnAirParts } from './on-air-parts.ts';

/** Alarms of late films, for those who can do something about them. */
export const alarmRoutes = ({ alarms }: Pick<OnAirParts, 'alarms'>): Routes<'listAlarms'> => ({
  listAlarms: async ({ query, atMs }) => ({ items: [...(await alarms.list(query.state ?? 'open'))], serverAtMs: atMs }),
});
