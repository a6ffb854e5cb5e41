import { useEffect } from 'react';

/** Lets the keyboard into tables that are wider than the screen, so that its arrows move them (WCAG 2.1.1). */
export function useReachableTables(): void {
  useEffect(() => {
    const look = (): void => {
      for (const table of document.querySelectorAll<HTMLElement>('.ant-table-content')) {
        if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
        else table.removeAttribute('tabindex');
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    addEventListener('resize', look);
    return () => {
      observer.disconnect();
      removeEventListener('resize', look);
    };
  }, []);
}
