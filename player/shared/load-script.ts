const loading = new Map<string, Promise<void>>();

/** Loads a classic script of our origin once, which boxes without modules know too; after a failure it may be asked for again. */
export function loadScript(url: string): Promise<void> {
  const known = loading.get(url);
  if (known !== undefined) return known;
  const begun = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      loading.delete(url);
      reject(new Error('A script of the player cannot be loaded.'));
    };
    document.head.appendChild(script);
  });
  loading.set(url, begun);
  return begun;
}
