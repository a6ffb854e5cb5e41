import type { Plan } from '../../../../media/contract/planning.ts';
import { readProblem } from '../../../shared/problem.ts';

/** The bytes of a file that somebody chose. */
export const fileBytes = async (file: File): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.arrayBuffer());

/** A copied range as a file: spreadsheets put tabs between its cells. */
export const textBytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Sends a sheet and keeps what comes back, the same with its findings beside the rows. */
export async function saveAnnotated({ id, channel, from }: Plan, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const answer = await fetch(`/api/plans/${id}/sheet/annotated`, {
    ...{ method: 'POST', credentials: 'same-origin' },
    headers: { 'Content-Type': 'application/octet-stream' },
    body: bytes,
  });
  if (!answer.ok) throw readProblem(answer.status, await answer.text(), null);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `节目单批注-${channel}-${from}.xlsx`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
