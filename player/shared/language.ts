import { remember, remembered } from './remembered.ts';

/** Screens speak Simplified Chinese first, English second (product.md). */
export type Language = 'zh' | 'en';

/** The language that this browser chose, Chinese where it never did. */
export const chosenLanguage = (): Language => (remembered('language') === 'en' ? 'en' : 'zh');

/** Remembers a choice of language and tells the document, for screen readers and fonts. */
export function chooseLanguage(language: Language): void {
  remember('language', language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
