/** After so long without a key, where nobody watches a picture, the notice board is shown. */
const ambientAfterMs = 300_000;

let keyAtMs = 0;

/** A key was pressed, or a picture is watched. */
export const notIdle = (): void => {
  keyAtMs = performance.now();
};

/** Whether no key was pressed for five minutes and nothing was watched; asked at each drawing, so that a key ends it at once. */
export function isIdle(isWatching: boolean): boolean {
  if (isWatching) notIdle();
  return performance.now() - keyAtMs > ambientAfterMs;
}
