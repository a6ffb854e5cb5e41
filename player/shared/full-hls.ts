import type Hls from 'hls.js';
import scriptUrl from 'hls.js/dist/hls.min.js?url';

declare global {
  interface Window {
    readonly Hls?: typeof Hls;
  }
}

let loading: Promise<typeof Hls> | undefined;

/** Loads the full hls.js from our origin, once and only when a film needs it: as a script, which boxes without modules know too. */
export function loadFullHls(): Promise<typeof Hls> {
  loading ??= new Promise<typeof Hls>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = scriptUrl;
    script.onload = () => {
      if (window.Hls === undefined) reject(new Error('The player script is broken.'));
      else resolve(window.Hls);
    };
    script.onerror = () => {
      script.remove();
      loading = undefined;
      reject(new Error('The player script cannot be loaded.'));
    };
    document.head.appendChild(script);
  });
  return loading;
}
