import { idSchema } from '../../media/contract/ids.ts';
import type { Parts } from '../../server/parts.ts';

/** What a worker would make of every card that is asked for: a film of 24 s in the package of `like`. */
export async function finishCards({ films }: Pick<Parts, 'films'>, like: string): Promise<void> {
  const model = await films.find(like);
  for (const { id, state } of await films.cards()) {
    if (state !== 'probing') continue;
    await films.change(id, (film) => ({
      ...film,
      state: 'review',
      revision: idSchema.parse(Array.from(id).reverse().join('')),
      package: { ...model!.package!, segments: 6, durationMs: 24_000 },
      durationMs: 24_000,
      playable: true,
    }));
  }
}

/** Cards are made a few at a time: looks and finishes until nothing more is asked for. */
export async function settleCards(parts: Parts, like: string): Promise<void> {
  for (let look = 0; look < 8; look += 1) {
    await parts.tendCards();
    await parts.onAir.refresh();
    await finishCards(parts, like);
  }
}
