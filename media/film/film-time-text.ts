const two = (value: number): string => String(value).padStart(2, '0');

/** A place in a film as people read it: `5:07`, `1:05:07`. */
export function filmTimeText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
