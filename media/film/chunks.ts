/** A run of whole cells that one job encodes; cells are counted from the film's start. */
export type Chunk = { readonly firstCell: number; readonly cells: number };

/** One cell of the house grid. */
export const cellMs = 4000;

/** Number of cells that a film of this length fills; the tail is padded with the last frame and silence. */
export const cellsOf = (durationMs: number): number => Math.max(1, Math.ceil(durationMs / cellMs));

/** Cells of the first chunk (playable early), of the second, and of every later one (60 s of work to lose at most). */
const growth = [3, 6, 15] as const;
/** Cells of every chunk after the first where each chunk is decoded from the film's beginning. */
export const unseekableCells = 150;

/** Cuts a film of so many cells into chunks that tile [0, cells); a last chunk of one or two cells joins the one before. */
export function splitIntoChunks(cells: number, canSeek = true): readonly Chunk[] {
  const sizes = canSeek ? growth : [growth[0], unseekableCells];
  const chunks: Chunk[] = [];
  for (let first = 0; first < cells;) {
    const wanted = sizes[Math.min(chunks.length, sizes.length - 1)] ?? growth[2];
    const left = cells - first;
    const size = left - wanted < 3 ? left : wanted;
    chunks.push({ firstCell: first, cells: size });
    first += size;
  }
  return chunks;
}
