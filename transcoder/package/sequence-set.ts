/** What a sequence parameter set says about its pictures (ITU-T H.264, 7.3.2.1.1). */
export type SequenceSet = {
  readonly profile: number;
  readonly level: number;
  /** RFC 6381. */
  readonly codec: string;
  /** Pixels that are shown. */
  readonly width: number;
  readonly height: number;
};

/** Reads bits of a NAL unit whose emulation prevention bytes are gone. */
function bitReader(bytes: Buffer) {
  let at = 0;
  const bit = (): number => {
    const value = ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
    at += 1;
    return value;
  };
  const bits = (count: number): number => {
    let value = 0;
    for (let n = 0; n < count; n += 1) value = value * 2 + bit();
    return value;
  };
  /** Exp-Golomb, unsigned (9.1). */
  const ue = (): number => {
    let zeros = 0;
    while (zeros < 32 && bit() === 0) zeros += 1;
    return 2 ** zeros - 1 + bits(zeros);
  };
  return { bit, bits, ue };
}

/** A picture order count of a kind that the house never writes would shift everything after it. */
function skipOrderCount({ ue }: ReturnType<typeof bitReader>): void {
  const type = ue();
  if (type === 0) ue();
  else if (type === 1) throw new Error('Picture order count type 1 is not expected.');
}

/** Reads a sequence parameter set of profile High in 4:2:0 without scaling lists, as the house encodes; throws for others. */
export function readSequenceSet(nal: Buffer): SequenceSet {
  const clean = Buffer.from(
    nal.filter((byte, at) => !(byte === 3 && at > 1 && nal[at - 1] === 0 && nal[at - 2] === 0)),
  );
  const [, profile = 0, , level = 0] = clean;
  const reader = bitReader(clean.subarray(4));
  const { bit, ue, bits } = reader;
  ue(); // seq_parameter_set_id
  if (profile !== 100 || ue() !== 1 || ue() !== 0 || ue() !== 0) throw new Error(`Profile ${profile} is not expected.`);
  if (bits(2) !== 0) throw new Error('Scaling lists are not expected.');
  ue(); // log2_max_frame_num_minus4
  skipOrderCount(reader);
  ue(); // max_num_ref_frames
  bit(); // gaps_in_frame_num_value_allowed_flag
  const columns = ue() + 1;
  const rows = ue() + 1;
  const isProgressive = bit() === 1;
  if (!isProgressive) bit(); // mb_adaptive_frame_field_flag
  bit(); // direct_8x8_inference_flag
  const [left, right, top, bottom] = bit() === 1 ? [ue(), ue(), ue(), ue()] : [0, 0, 0, 0];
  const fields = isProgressive ? 1 : 2;
  return {
    profile,
    level,
    codec: `avc1.${clean.toString('hex', 1, 4)}`,
    width: columns * 16 - 2 * (left + right),
    height: (rows * 16 - 2 * (top + bottom)) * fields,
  };
}
