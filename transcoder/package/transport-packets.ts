/** PIDs of every rung of every film, so that seams change nothing. */
export const pids = { pat: 0, pmt: 4096, video: 256, audio: 257 } as const;

/** A packet before it has a counter: its part of a PES packet or a table, and what its adaptation field says. */
export type PacketDraft = {
  readonly pid: number;
  readonly startsUnit: boolean;
  readonly payload: Buffer;
  readonly isDiscontinuity?: boolean;
  readonly isRandomAccess?: boolean;
  /** Ticks of 90 kHz. */
  readonly pcrTicks?: number;
};

export const packetBytes = 188;
const room = packetBytes - 4;

/** Bytes that flags and clock need in the adaptation field, its length byte included. */
const adaptationBytes = (draft: PacketDraft): number =>
  draft.pcrTicks !== undefined ? 8 : draft.isDiscontinuity === true || draft.isRandomAccess === true ? 2 : 0;

/** Cuts a unit into packets; only the first carries its flags and its clock. */
export function draftPackets(unit: PacketDraft): PacketDraft[] {
  const first = room - adaptationBytes(unit);
  const drafts: PacketDraft[] = [{ ...unit, payload: unit.payload.subarray(0, first) }];
  for (let at = first; at < unit.payload.length; at += room) {
    drafts.push({ pid: unit.pid, startsUnit: false, payload: unit.payload.subarray(at, at + room) });
  }
  return drafts;
}

/** A first part keeps the whole PES header, because players read it from one packet. */
const leastFirst = 30;

function halves(draft: PacketDraft): readonly PacketDraft[] {
  const cut = Math.max(leastFirst, Math.ceil(draft.payload.length / 2));
  return [
    { ...draft, payload: draft.payload.subarray(0, cut) },
    { pid: draft.pid, startsUnit: false, payload: draft.payload.subarray(cut) },
  ];
}

/**
 * Makes the number of packets of a PID a multiple of 16 by cutting some of them in two, so that every segment begins and ends
 * at the same continuity counter: chunks then join without knowing each other, and so do films (ISO/IEC 13818-1, 2.4.3.3).
 */
export function alignCounters(drafts: readonly PacketDraft[], pid: number): readonly PacketDraft[] {
  let aligned = drafts;
  for (let least = 140; least > leastFirst; least = Math.floor(least / 2)) {
    const count = aligned.filter((draft) => draft.pid === pid).length;
    let wanted = (16 - (count % 16)) % 16;
    if (wanted === 0) return aligned;
    aligned = aligned.flatMap((draft) => {
      if (wanted === 0 || draft.pid !== pid || draft.payload.length < least) return [draft];
      wanted -= 1;
      return halves(draft);
    });
  }
  return aligned;
}

function writeClock(into: Buffer, at: number, ticks: number): void {
  into.writeUInt32BE(Math.floor(ticks / 2) >>> 0, at);
  into[at + 4] = ((ticks % 2) << 7) | 0x7e;
  into[at + 5] = 0;
}

/** Writes one packet of 188 bytes at a place; what the payload leaves free is stuffed. */
export function writePacket(into: Buffer, at: number, draft: PacketDraft, counter: number): void {
  const { payload } = draft;
  const adaptation = room - payload.length;
  into[at] = 0x47;
  into[at + 1] = (draft.startsUnit ? 0x40 : 0) | (draft.pid >> 8);
  into[at + 2] = draft.pid & 255;
  into[at + 3] = (adaptation > 0 ? 0x30 : 0x10) | (counter & 15);
  if (adaptation > 0) {
    into[at + 4] = adaptation - 1;
    if (adaptation > 1) {
      into.fill(0xff, at + 5, at + 4 + adaptation);
      const flags = (draft.isDiscontinuity === true ? 0x80 : 0) | (draft.isRandomAccess === true ? 0x40 : 0);
      into[at + 5] = flags | (draft.pcrTicks === undefined ? 0 : 0x10);
      if (draft.pcrTicks !== undefined) writeClock(into, at + 6, draft.pcrTicks);
    }
  }
  payload.copy(into, at + 4 + adaptation);
}
