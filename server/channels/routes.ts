import { auditedBy } from '../audit/audited-by.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { AppError, notFound } from '../errors.ts';
import { pageOf } from '../http/page.ts';
import { present } from '../http/present.ts';
import type { Routes } from '../http/serve.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { PlaceStore } from '../places/place-store.ts';
import type { ChannelParts } from './channel-parts.ts';
import { maySee } from './open-channel.ts';

type Names = 'listChannels' | 'createChannel' | 'changeChannel';

export const channelRoutes = ({ channels, places, audit }: ChannelParts & PlaceParts & AuditParts): Routes<Names> => ({
  listChannels: async ({ caller, query }) => {
    const seen = (await channels.list()).filter((channel) => maySee(caller, channel));
    return pageOf(seen, query, { keyOf: ({ code }) => code, textOf: ({ code, name }) => `${code} ${name}` });
  },
  createChannel: async (call) => {
    await checkGroups(places, call.body.groups);
    const channel = await channels.add(call.body);
    await audit.write(auditedBy(call, 'channel.add', `channel/${channel.code}`, JSON.stringify(call.body)));
    return channel;
  },
  changeChannel: async (call) => {
    await checkGroups(places, call.body.groups ?? []);
    const channel = await channels.change(call.params.code, present(call.body));
    if (channel === undefined) throw notFound('channel');
    await audit.write(auditedBy(call, 'channel.change', `channel/${channel.code}`, JSON.stringify(call.body)));
    return channel;
  },
});

/** Groups of a channel are places that may vary it. */
async function checkGroups(places: PlaceStore, groups: readonly string[]): Promise<void> {
  const known = new Set((await places.list()).map((place) => place.code));
  const unknown = groups.filter((group) => !known.has(group));
  if (unknown.length === 0) return;
  const message = `There is no place ${unknown.join(', ')}. Add it first or leave it out.`;
  throw new AppError('invalid', `groups: ${message}`, { fields: [{ path: 'groups', message }] });
}
