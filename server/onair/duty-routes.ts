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
import { currentOf, withPlaces } from './edit-channel.ts';
import { endInsertion, extendInsertion, insertFilm, type InsertParts } from './insert-film.ts';
import { type InterruptionRecord, interruptionView, openCut } from './interruption.ts';
import type { OnAirParts } from './on-air-parts.ts';
import { watchChannel } from './watch-channel.ts';

type Names =
  | 'channelEvents'
  | 'acknowledgeNews'
  | 'channelDuty'
  | 'cutChannel'
  | 'endCut'
  | 'insertFilm'
  | 'extendInsertion'
  | 'endInsertion';
type DutyParts = OnAirParts &
  ChannelParts &
  AuditParts &
  Pick<PlaceParts, 'places'> &
  Pick<Surroundings, 'clock'> &
  Pick<InsertParts, 'filmCatalogue'>;

/** What interrupts a channel, and the place that it is about; all of the channel without one. */
interface PlacedInterruption {
  readonly place: string | undefined;
  readonly record: InterruptionRecord;
}

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
  /** The one place that an order is about; undefined where it is about all screens of the channel. */
  const placeOf = async (groups: readonly string[], scope: string): Promise<string | undefined> => {
    const tree = await places.tree();
    if (scope === countyCode || (groups.length > 0 && groups.every((group) => tree.isWithin(group, scope)))) return;
    const isWatching = groups.length === 0 || groups.some((group) => tree.isWithin(scope, group));
    const kind = (await places.find(scope))?.kind;
    if (isWatching && (kind === 'township' || kind === 'village')) return scope;
    const message = `No place of its own on this channel. Choose ${countyCode}, a township or a village that watches it.`;
    throw new AppError('invalid', `scope: ${message}`, { fields: [{ path: 'scope', message }] });
  };
  /** Everything that interrupts a channel or a place of it, with that place. */
  const allInterruptions = async (code: string): Promise<readonly PlacedInterruption[]> => {
    const { document, layers } = await withPlaces(parts, await currentOf(parts, code));
    const ofPlaces = [...layers].flatMap(([place, { interruptions }]) =>
      interruptions.map((record) => ({ place, record })),
    );
    return [...(document.interruptions ?? []).map((record) => ({ place: undefined, record })), ...ofPlaces];
  };
  /** Where an insertion stands that this person may change. */
  const insertionAt = async (caller: Caller, code: string, id: string) => {
    const channel = await requireChannel(code);
    const scopes = channel.groups.length === 0 ? [countyCode] : channel.groups;
    for (const scope of scopes) await requireScope(caller, 'insert-film', scope);
    const found = (await allInterruptions(channel.code)).find(({ record }) => record.id === id);
    return { channel: channel.code, place: found?.place };
  };
  /** The cut that somebody wants to end: of the place that they name, of the whole channel, or the only one. */
  const cutToEnd = async (code: string, scope: string | undefined): Promise<PlacedInterruption | undefined> => {
    const open = (await allInterruptions(code)).filter(({ record }) => openCut([record]) !== undefined);
    if (scope !== undefined) return open.find(({ record }) => record.scope === scope);
    return open.find(({ place }) => place === undefined) ?? (open.length === 1 ? open[0] : undefined);
  };
  return {
    channelDuty: async ({ params, atMs }) => {
      await requireChannel(params.code);
      const { head } = await currentOf(parts, params.code);
      const interruptions = (await allInterruptions(params.code))
        .filter(({ record: { toCell = Infinity } }) => toCell > cellAt(atMs))
        .map(({ record }) => interruptionView(record));
      const { seq } = head;
      const acknowledged = await parts.acknowledgements.count(params.code, seq);
      return { interruptions, push: { seq, players: parts.push.count(params.code), acknowledged }, serverAtMs: atMs };
    },
    channelEvents: ({ params, query, caller, header, openStream, atMs }) => {
      watchChannel(parts, caller, params.code, atMs);
      // A player whose place is not known sees the whole channel, and hears of that.
      const place = query.group;
      parts.push.requireRoom();
      let leave = (): void => undefined;
      const listener = openStream(() => leave());
      const seen = { channel: params.code, place };
      const leaves = [parts.push.join(seen, lastEventId(header('last-event-id')), listener)];
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
      const place = await placeOf(channel.groups, body.scope);
      const made = await cutChannel(parts, { ...body, channel: channel.code, place }, caller);
      const said = `${body.drill ? 'drill, ' : ''}scope ${body.scope}: ${body.reason}`;
      await audit.write(auditedBy(call, 'channel.cut', `channel/${channel.code}`, said));
      return interruptionView(made);
    },
    endCut: async (call) => {
      const { params, body, caller } = call;
      const { code } = await requireChannel(params.code);
      const cut = await cutToEnd(code, body.scope);
      if (cut !== undefined) await requireScope(caller, 'end-cut', cut.record.scope);
      const { cut: ended, effectiveAtMs } = await endCut(parts, { channel: code, place: cut?.place }, caller);
      const said = [`cut ${ended.id}`, ...(body.reason === undefined ? [] : [body.reason])].join(': ');
      const deed = effectiveAtMs === undefined ? 'channel.cut-end-asked' : 'channel.cut-end';
      await audit.write(auditedBy(call, deed, `channel/${code}`, said));
      if (effectiveAtMs !== undefined) return { effectiveAtMs };
      call.setStatus(202);
      return { awaiting: 'second_person' };
    },
    endInsertion: async (call) => {
      const { params, body, caller } = call;
      const at = await insertionAt(caller, params.code, params.id);
      const { reason = '' } = body;
      const effectiveAtMs = await endInsertion(parts, at, params.id, { by: caller, reason });
      const said = `insertion ${params.id}${reason === '' ? '' : `: ${reason}`}`;
      await audit.write(auditedBy(call, 'channel.insert-end', `channel/${at.channel}`, said));
      return { effectiveAtMs };
    },
    extendInsertion: async (call) => {
      const { params, body, caller } = call;
      const at = await insertionAt(caller, params.code, params.id);
      const made = await extendInsertion(parts, at, { ...body, id: params.id, by: caller });
      const said = `insertion ${params.id}, ${body.byMs / 1000} s more`;
      await audit.write(auditedBy(call, 'channel.insert-extend', `channel/${at.channel}`, said));
      return interruptionView(made);
    },
    insertFilm: async (call) => {
      const { params, body, caller } = call;
      const channel = await requireChannel(params.code);
      const scopes = channel.groups.length === 0 ? [countyCode] : channel.groups;
      const asked = body.scope === undefined ? scopes : [body.scope];
      for (const scope of asked) await requireScope(caller, 'insert-film', scope);
      const place = body.scope === undefined ? undefined : await placeOf(channel.groups, body.scope);
      const made = await insertFilm(parts, channel, { ...body, scope: asked[0] ?? countyCode, place }, caller);
      const said = `${body.drill ? 'drill, ' : ''}film ${body.filmId}, ${body.durationMs / 1000} s, ${body.return}: ${body.reason}`;
      await audit.write(auditedBy(call, 'channel.insert', `channel/${channel.code}`, said));
      return interruptionView(made);
    },
  };
};
