import { useEffect } from 'preact/hooks';

/** The name of the pages as the tab and bookmarks show it, and what stands before it. */
export function useTitle(title: string): void {
  useEffect(() => {
    const name = document.title.split(' | ').at(-1) ?? '';
    document.title = title === '' ? name : `${title} | ${name}`;
  }, [title]);
}
