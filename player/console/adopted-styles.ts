/**
 * Puts the component library's style sheets into the document without `<style>` elements, so that pages run under a content
 * security policy without `unsafe-inline` (CSSOM is not inline style, CSP 3 section 8). The build answers the library's own
 * module with this one (player/vite.config.mjs), hence its names and signatures.
 */
interface Placing {
  readonly prepend?: boolean | 'queue';
  /** Among those that are prepended in a queue: the lower, the earlier. */
  readonly priority?: number;
}

interface Adopted {
  readonly rank: number;
  readonly sheet: CSSStyleSheet;
  /** What the library gets in place of its style element, to hang marks on. */
  readonly handle: HTMLElement;
}

const adopted = new Map<string, Adopted>();

const rankOf = ({ prepend, priority = 0 }: Placing): number =>
  prepend === 'queue' ? priority : prepend === true ? -Infinity : Infinity;

function apply(): void {
  const ordered = [...adopted.values()].sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank));
  document.adoptedStyleSheets = ordered.map(({ sheet }) => sheet);
}

/** Adds or replaces the sheet of a key. */
export function updateCSS(css: string, key: string, placing: Placing = {}): HTMLElement {
  const known = adopted.get(key);
  const sheet = known?.sheet ?? new CSSStyleSheet();
  sheet.replaceSync(css);
  if (known !== undefined) return known.handle;
  const handle = document.createElement('style');
  adopted.set(key, { rank: rankOf(placing), sheet, handle });
  apply();
  return handle;
}

/** Adds a sheet that nobody removes. */
export const injectCSS = (css: string, placing: Placing = {}): HTMLElement =>
  updateCSS(css, `injected-${adopted.size}`, placing);

/** Takes the sheet of a key out; an unknown key is no error. */
export function removeCSS(key: string): void {
  if (adopted.delete(key)) apply();
}

/** The library's tests ask for this; nothing is cached here. */
export const clearContainerCache = (): void => undefined;

/** The icons' copy of that module also asks where a node lives; our pages have no shadow trees. */
export const getShadowRoot = (): ShadowRoot | null => null;

/** The icons' copy of that module also warns developers of a wrong icon name; types do that here. */
export const warningOnce = (): void => undefined;
