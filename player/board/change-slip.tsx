/** @jsxImportSource preact */
import type { CountyClock } from '../shared/county-clock.ts';
import type { ShownBoard } from './shown-board.ts';

/** Only what changed since it was first announced, to be pinned beside the poster that hangs already. */
export function ChangeSlip({ board, words, language, county }: ShownBoard & { readonly county: CountyClock }) {
  if (board.changes.length === 0) return <p class="empty">{words.noChanges}</p>;
  const when = (atMs: number): string => `${county.dayInWords(atMs, language)} ${county.time(atMs)}`;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.wasAnnounced}</th>
          <th scope="col">{words.nowAnnounced}</th>
          <th scope="col">{words.changedAt}</th>
        </tr>
      </thead>
      <tbody>
        {board.changes.map((change) => (
          <tr key={change.id}>
            <td>
              {change.before === undefined ? '—' : <s>{`${when(change.before.startAtMs)} ${change.before.title}`}</s>}
            </td>
            <td>
              {change.after === undefined ? words.cancelled : `${when(change.after.startAtMs)} ${change.after.title}`}
            </td>
            <td>
              {county.day(change.atMs)} {county.time(change.atMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
