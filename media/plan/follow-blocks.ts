import type { StartMode } from './plan.ts';

/** What begins together: something with a start of its own, and what follows it. */
export type FollowBlock<Each> = [Each, ...Each[]];

/** A list in blocks; what follows nothing, at the head of the list, begins one. */
export function followBlocks<Each>(list: readonly Each[], modeOf: (each: Each) => StartMode): FollowBlock<Each>[] {
  const blocks: FollowBlock<Each>[] = [];
  for (const each of list) {
    const last = blocks.at(-1);
    if (modeOf(each) === 'follow' && last !== undefined) last.push(each);
    else blocks.push([each]);
  }
  return blocks;
}
