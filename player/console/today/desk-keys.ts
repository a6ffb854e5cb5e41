import { useEffect } from 'react';

/** Single keys, while nobody types and no dialog is open. */
export function useDeskKeys(isOn: boolean, deeds: Readonly<Record<string, () => unknown>>): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
      const deed = deeds[event.key.toLowerCase()];
      const isInDialog = document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null;
      if (deed === undefined || isTyping || isInDialog || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
