/**
 * Takes away what engines newer than Chrome 51 brought (stations notes, C30), in the page, before its scripts run: a station box
 * is never updated. Syntax is lowered by the build (player/vite.config.mjs).
 */
export function takeAwayNewerNames(): void {
  const newer: readonly (readonly [object, readonly string[]])[] = [
    [globalThis, ['queueMicrotask', 'ResizeObserver', 'AbortController', 'structuredClone', 'BigInt', 'WeakRef']],
    // `entries` stays: the driver of the test needs it.
    [Object, ['values', 'fromEntries', 'getOwnPropertyDescriptors', 'hasOwn']],
    [Array.prototype, ['flat', 'flatMap', 'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with']],
    [String.prototype, ['padStart', 'padEnd', 'trimStart', 'trimEnd', 'matchAll', 'replaceAll', 'at']],
    [Promise, ['allSettled', 'any', 'withResolvers']],
    [Promise.prototype, ['finally']],
    [Element.prototype, ['append', 'prepend', 'before', 'after', 'replaceWith', 'replaceChildren', 'toggleAttribute']],
    [Intl.DateTimeFormat.prototype, ['formatToParts', 'formatRange']],
    [Navigator.prototype, ['userActivation', 'locks', 'storage']],
  ];
  for (const [holder, names] of newer) for (const name of names) Reflect.deleteProperty(holder, name);
}
