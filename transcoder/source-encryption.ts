import type { Storage, StoredFile } from '../media/storage/storage.ts';

/** A film's index is some MB; what is larger is not looked at. */
const mostIndexBytes = 64 * 1_048_576;

/** Size of the box at the head of some bytes, and how long its head is (ISO/IEC 14496-12, 4.2). */
function boxSize(head: Buffer): { readonly bytes: number; readonly headBytes: number } {
  const short = head.readUInt32BE(0);
  if (short === 1) return { bytes: Number(head.readBigUInt64BE(8)), headBytes: 16 };
  return { bytes: short === 0 ? Infinity : short, headBytes: 8 };
}

/**
 * Says whether an MP4 or MOV file is under common encryption (ISO/IEC 23001-7): its index names a protected sample entry and
 * a scheme. ffprobe does not tell: it hides the protection and shows the codec behind it.
 */
export async function isEncrypted(storage: Storage, { key, bytes: size }: StoredFile): Promise<boolean> {
  for (let at = 0; at + 16 <= size;) {
    const head = await storage.read(key, { from: at, to: at + 16 });
    const { bytes, headBytes } = boxSize(head);
    if (bytes < headBytes) return false;
    if (head.toString('latin1', 4, 8) === 'moov') {
      if (bytes > mostIndexBytes) return false;
      const index = await storage.read(key, { from: at, to: Math.min(size, at + bytes) });
      return ['encv', 'sinf', 'schm'].every((name) => index.includes(name, 0, 'latin1'));
    }
    at += bytes;
  }
  return false;
}
