/** How a board is shown: for reading, on a television that nobody touches, on paper, or only what changed on paper. */
export type BoardMode =
  { readonly kind: 'screen' | 'television' } | { readonly kind: 'paper' | 'changes'; readonly paper: PaperSize };
export type PaperSize = 'a3' | 'a4';

/** Reads the mode from the query of the address: `?mode=tv`, `?print=a3`, `?print=a4`, `?changes=a4`. */
export function boardMode(query: string): BoardMode {
  const asked = new URLSearchParams(query);
  const size = (text: string): PaperSize => (text === 'a3' ? 'a3' : 'a4');
  const changes = asked.get('changes');
  if (changes !== null) return { kind: 'changes', paper: size(changes) };
  const print = asked.get('print');
  if (print !== null) return { kind: 'paper', paper: size(print) };
  return { kind: asked.get('mode') === 'tv' ? 'television' : 'screen' };
}
