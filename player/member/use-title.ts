import { useEffect } from 'preact/hooks';
import type { MemberWords } from './words.ts';

/** The name of the pages as the tab and bookmarks show it, and what stands before it; '' for nothing. */
export function useTitle(title: string, { name, tagline }: MemberWords): void {
  useEffect(() => {
    document.title = `${title === '' ? '' : `${title} | `}${name} · ${tagline}`;
  }, [title, name, tagline]);
}
