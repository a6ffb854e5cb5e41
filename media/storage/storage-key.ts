/** A key that is not one: made outside keys.ts, or from something a person wrote. */
export class BadKey extends Error {
  constructor(key: string) {
    super(`${JSON.stringify(key.slice(0, 100))} is no storage key: keys are made by media/storage/keys.ts only.`);
  }
}

const part = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Answers the key when every part of it is a plain name; throws `BadKey` otherwise, so `..`, `\0` and `//` go nowhere. */
export function safeKey(key: string): string {
  if (key.length > 500 || !key.split('/').every((name) => part.test(name))) throw new BadKey(key);
  return key;
}

/** A prefix is empty, a key, or a key and a slash. */
export function safePrefix(prefix: string): string {
  if (prefix !== '') safeKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
  return prefix;
}
