/** Which cells of a channel a playlist lists; its name stands in the path. */
export type PlaybackView = ViewedCells & {
  /** Code of the place whose timeline it is; the whole channel's where absent. Segments have one address for all places. */
  readonly group?: string;
};

type ViewedCells =
  | { readonly kind: 'live' }
  | { readonly kind: 'dvr' }
  /** Start-over: from a cell to the end of the item on air there. */
  | { readonly kind: 'from'; readonly fromCell: number }
  /** Catch-up of [fromCell, toCell). */
  | { readonly kind: 'range'; readonly fromCell: number; readonly toCell: number };

/** Longest range that one playlist lists: a day. */
export const LONGEST_RANGE_CELLS = 21_600;

/** Name of a view in paths: `live`, `dvr`, `from-446000000`, `range-446000000-446000450`, with `.t1` behind it for a place. */
export const viewName = (view: PlaybackView): string => viewNameFor(view, view.group);

/** Name of the same cells as another place sees them, or as the whole channel does. */
export const viewNameFor = (view: PlaybackView, group: string | undefined): string =>
  group === undefined ? cellsName(view) : `${cellsName(view)}.${group}`;

function cellsName(view: ViewedCells): string {
  switch (view.kind) {
    case 'from':
      return `from-${view.fromCell}`;
    case 'range':
      return `range-${view.fromCell}-${view.toCell}`;
    case 'live':
    case 'dvr':
      return view.kind;
  }
}

/** Reads a view's name; undefined when it is none, is empty or is longer than a day. */
export function parseView(name: string): PlaybackView | undefined {
  const [, cells = '', group] = /^([a-z0-9-]+)(?:\.([a-z][a-z0-9-]{0,31}))?$/.exec(name) ?? [];
  const seen = parseCells(cells);
  return seen && group !== undefined ? { ...seen, group } : seen;
}

function parseCells(name: string): ViewedCells | undefined {
  if (name === 'live' || name === 'dvr') return { kind: name };
  const [, from, fromRange, toRange] = /^(?:from-([1-9]\d{0,9})|range-([1-9]\d{0,9})-([1-9]\d{0,9}))$/.exec(name) ?? [];
  if (from !== undefined) return { kind: 'from', fromCell: Number(from) };
  if (fromRange === undefined || toRange === undefined) return undefined;
  const range = { kind: 'range' as const, fromCell: Number(fromRange), toCell: Number(toRange) };
  const cells = range.toCell - range.fromCell;
  return cells > 0 && cells <= LONGEST_RANGE_CELLS ? range : undefined;
}
