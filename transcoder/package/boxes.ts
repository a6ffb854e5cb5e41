/** Writes one ISO BMFF box (ISO/IEC 14496-12, 4.2). */
export function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const bytes = content.reduce((sum, part) => sum + part.length, 8);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(bytes, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content], bytes);
}

/** Writes a box that begins with a version and 24 bits of flags. */
export const fullBox = (type: string, version: number, flags: number, ...content: readonly Uint8Array[]): Buffer =>
  box(type, u32(version * 0x1000000 + flags), ...content);

export const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => bytes.writeUInt32BE(value >>> 0, at * 4));
  return bytes;
};
export const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, at) => bytes.writeUInt16BE(value, at * 2));
  return bytes;
};
export const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};

/** A box found in a buffer; `from` and `to` bound its content. */
export type FoundBox = { readonly type: string; readonly start: number; readonly from: number; readonly to: number };

/** The boxes side by side in [from, to); throws on a size that cannot be. */
export function* boxesIn(bytes: Buffer, from = 0, to = bytes.length): Generator<FoundBox> {
  for (let at = from; at + 8 <= to;) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > to) throw new Error(`A box at byte ${at} claims ${size} bytes.`);
    yield { type: bytes.toString('latin1', at + 4, at + 8), start: at, from: at + 8, to: at + size };
    at += size;
  }
}

/** Follows a path of box types from the top; undefined where a step is missing. */
export function findBox(bytes: Buffer, path: readonly string[], within?: FoundBox): FoundBox | undefined {
  const [type, ...rest] = path;
  if (type === undefined) return within;
  for (const found of boxesIn(bytes, within?.from ?? 0, within?.to ?? bytes.length)) {
    if (found.type === type) return findBox(bytes, rest, found);
  }
  return undefined;
}
