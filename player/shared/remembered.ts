/** Reads what this browser remembers; undefined where storage is forbidden or empty. */
export function remembered(name: string): string | undefined {
  try {
    return localStorage.getItem(`yuanbo.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a text in this browser; where storage is forbidden or full nothing happens. */
export function remember(name: string, text: string): void {
  try {
    localStorage.setItem(`yuanbo.${name}`, text);
  } catch {
    // A private window or a full box: the next visit starts from the default.
  }
}
