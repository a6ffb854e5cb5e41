import { type Action, countyCode } from '../../media/contract/permissions.ts';
import { cellAt } from '../../media/grid/cell.ts';
import { auditedBy } from '../audit/audited-by.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import type { ChannelParts } from '../channels/channel-parts.ts';
import { AppError, notFound } from '../errors.ts';
import { type Caller, may, mayTo } from '../http/caller.ts';
import { lastEventId } from '../http/event-stream.ts';
import type { Routes } from '../http/serve.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { cutChannel, endCut } from './cut-channel.ts';
import { currentOf } from './edit-channel.ts';
import { insertFilm, type InsertParts } from './insert-film.ts';
import { interruptionView, openCut } from './interruption.ts';
import type { OnAirParts } from './on-air-parts.ts';
import { watchChannel } from './watch-channel.ts';

type Names = 'channelEvents' | 'acknowledgeNews' | 'channelDuty' | 'cutChannel' | 'endCut' | 'insertFilm';
type DutyParts = OnAirParts &
  ChannelParts &
  AuditParts &
  Pick<PlaceParts, 'places'> &
  Pick<Surroundings, 'clock'> &
  Pick<InsertParts, 'filmCatalogue'>;

/** The duty officer's part of what is on air: cuts, their end, and what interrupts a channel now. */
export const dutyRoutes = (parts: DutyParts): Routes<Names> => {
  const { channels, places, audit } = parts;
  const requireChannel = async (code: string) => {
    const channel = await channels.find(code);
    if (channel === undefined) throw notFound('channel');
    return channel;
  };
  const requireScope = async (caller: Caller, action: Action, scope: string): Promise<void> => {
    if (!mayTo(await places.tree(), caller, action, { place: scope })) throw notFound('place');
  };
  /** A cut is for all screens of a channel: those of the county, or of the places that alone watch it. */
  const requireWholeChannel = async (groups: readonly string[], scope: string): Promise<void> => {
    const tree = await places.tree();
    if (scope === countyCode || (groups.length > 0 && groups.every((group) => tree.isWithin(group, scope)))) return;
    const message = `All places see the same on this channel. Cut it for ${countyCode}.`;
    throw new AppError('invalid', `scope: ${message}`, { fields: [{ path: 'scope', message }] });
  };
  return {
    channelDuty: async ({ params, atMs }) => {
      await requireChannel(params.code);
      const { head, document } = await currentOf(parts, params.code);
      const isUnderWay = ({ toCell = Infinity }) => toCell > cellAt(atMs);
      const interruptions = (document.interruptions ?? []).filter(isUnderWay).map(interruptionView);
      const { seq } = head;
      const acknowledged = await parts.acknowledgements.count(params.code, seq);
      return { interruptions, push: { seq, players: parts.push.count(params.code), acknowledged }, serverAtMs: atMs };
    },
    channelEvents: ({ params, caller, header, openStream, atMs }) => {
      watchChannel(parts, caller, params.code, atMs);
      parts.push.requireRoom();
      let leave = (): void => undefined;
      const listener = openStream(() => leave());
      const leaves = [parts.push.join(params.code, lastEventId(header('last-event-id')), listener)];
      if (may(caller, 'read-alarms')) leaves.push(parts.bell.join(listener));
      leave = () => {
        for (const each of leaves) each();
      };
      return Promise.resolve(undefined);
    },
    acknowledgeNews: async ({ params, body, caller, atMs }) => {
      const { head } = watchChannel(parts, caller, params.code, atMs);
      if (body.seq !== head.seq) return undefined;
      await parts.acknowledgements.add(params.code, body.seq, body.player, atMs);
      return undefined;
    },
    cutChannel: async (call) => {
      const { params, body, caller } = call;
      const channel = await requireChannel(params.code);
      await requireScope(caller, 'cut-channel', body.scope);
      await requireWholeChannel(channel.groups, body.scope);
      const made = await cutChannel(parts, { ...body, channel: channel.code }, caller);
      const said = `${body.drill ? 'drill, ' : ''}scope ${body.scope}: ${body.reason}`;
      await audit.write(auditedBy(call, 'channel.cut', `channel/${channel.code}`, said));
      return interruptionView(made);
    },
    endCut: async (call) => {
      const { params, body, caller } = call;
      const { code } = await requireChannel(params.code);
      const cut = openCut((await currentOf(parts, code)).document.interruptions ?? []);
      if (cut !== undefined) await requireScope(caller, 'end-cut', cut.scope);
      const { cut: ended, effectiveAtMs } = await endCut(parts, code, caller);
      const said = [`cut ${ended.id}`, ...(body.reason === undefined ? [] : [body.reason])].join(': ');
      const deed = effectiveAtMs === undefined ? 'channel.cut-end-asked' : 'channel.cut-end';
      await audit.write(auditedBy(call, deed, `channel/${code}`, said));
      if (effectiveAtMs !== undefined) return { effectiveAtMs };
      call.setStatus(202);
      return { awaiting: 'second_person' };
    },
    insertFilm: async (call) => {
      const { params, body, caller } = call;
      const channel = await requireChannel(params.code);
      const scopes = channel.groups.length === 0 ? [countyCode] : channel.groups;
      for (const scope of scopes) await requireScope(caller, 'insert-film', scope);
      const made = await insertFilm(parts, channel, { ...body, scope: scopes[0] ?? countyCode }, caller);
      const said = `film ${body.filmId}, ${body.durationMs / 1000} s, ${body.return}: ${body.reason}`;
      await audit.write(auditedBy(call, 'channel.insert', `channel/${channel.code}`, said));
      return interruptionView(made);
    },
  };
};
