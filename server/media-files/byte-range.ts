/** What a `Range` header asks of a file: [from, to) of it, the whole, or something that the file does not have. */
export type WantedBytes = { readonly from: number; readonly to: number } | 'whole' | 'unsatisfiable';

/** One range only; a list of ranges is answered with the whole file, as RFC 9110 14.2 allows (it was an amplification attack). */
const oneRange = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** Reads a `Range` header against a file's size in bytes. A header that cannot be read is ignored (RFC 9110 14.2). */
export function wantedBytes(header: string | undefined, bytes: number): WantedBytes {
  const [, first, last] = oneRange.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return 'whole';
  if (first === '') {
    const suffix = Math.min(Number(last), bytes);
    return suffix === 0 ? 'unsatisfiable' : { from: bytes - suffix, to: bytes };
  }
  const from = Number(first);
  const to = last === '' ? bytes : Math.min(Number(last) + 1, bytes);
  return from >= bytes || to <= from ? 'unsatisfiable' : { from, to };
}
