import type { Words } from '../words/words.tsx';

/** Languages to choose from, with the one that is already set. */
export function languageOptions(words: Words['films'], present = 'zh-CN'): { value: string; label: string }[] {
  const known = Object.entries(words.upload.languages).map(([value, label]) => ({ value, label }));
  return known.some(({ value }) => value === present) ? known : [...known, { value: present, label: present }];
}
