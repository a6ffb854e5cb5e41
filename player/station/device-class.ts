import type { DeviceClass } from '../shared/hls-settings.ts';
import { remembered } from '../shared/remembered.ts';

/** What a browser tells of its memory; old ones tell nothing. */
export interface MemoryFacts {
  /** `navigator.deviceMemory`, of secure pages. */
  readonly deviceMemoryGb?: number | undefined;
  /** `performance.memory.jsHeapSizeLimit`: Chromium gives small boxes small heaps. */
  readonly heapLimitBytes?: number | undefined;
}

/** Boxes of about 1 GB get short buffers: beyond 200 MB the system ends their browser. */
export function guessedClass({ deviceMemoryGb, heapLimitBytes }: MemoryFacts): 'station' | 'station-small' {
  if (deviceMemoryGb !== undefined) return deviceMemoryGb <= 1 ? 'station-small' : 'station';
  return heapLimitBytes !== undefined && heapLimitBytes < 400e6 ? 'station-small' : 'station';
}

/** The class of this box: as set-up says, else as it seems. */
export function deviceClass(): DeviceClass {
  const set = remembered('device-class');
  if (set === 'station' || set === 'station-small') return set;
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  const { memory } = performance as { readonly memory?: { readonly jsHeapSizeLimit: number } };
  return guessedClass({ deviceMemoryGb: deviceMemory, heapLimitBytes: memory?.jsHeapSizeLimit });
}

/** A WebView of a 4K box often says that it has 1080 lines: what the device check saw is believed more. */
export const playsBeyondViewport = (): boolean => remembered('plays-2160p') === 'yes';
