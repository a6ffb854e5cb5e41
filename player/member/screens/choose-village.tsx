/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { Place } from '../../../media/contract/places.ts';
import { useLoaded } from '../../shared/use-loaded.ts';
import { Absent } from '../absent.tsx';
import { call, placeCode } from '../member.ts';
import { keepVillage, openVillage } from '../village.ts';
import type { MemberWords } from '../words.ts';

const most = 60;

/** The places of the county to choose the own one from, townships with their villages below them. */
export function ChooseVillage({ words, onKept }: { words: MemberWords; onKept: () => void }) {
  const places = useLoaded('places', () => call('listPlaces'));
  const [typed, setTyped] = useState('');
  if (places.value === undefined) return <Absent error={places.error} words={words} />;
  const all = inOrder(places.value.items.filter(({ kind }) => kind !== 'station'));
  const found = all.filter(({ place }) => place.name.includes(typed.trim()));
  return (
    <section class="now">
      <h1>{words.chooseVillage}</h1>
      <p class="now-time">{words.chooseVillageWhy}</p>
      {all.length > 8 ? (
        <input
          class="search"
          type="search"
          value={typed}
          placeholder={words.searchVillage}
          aria-label={words.searchVillage}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      <ul class="places">
        {found.slice(0, most).map(({ place, depth }) => (
          <li key={place.code} style={{ paddingLeft: `${depth * 20}px` }}>
            <button
              aria-pressed={place.code === placeCode}
              onClick={() => {
                keepVillage(place.code);
                if (place.code === placeCode) onKept();
                else openVillage(place.code);
              }}
            >
              {place.name}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p class="empty">{words.noVillage}</p> : null}
      {found.length > most ? <p class="empty">{words.moreVillages}</p> : null}
    </section>
  );
}

/** Each place before those below it. */
function inOrder(places: readonly Place[]): readonly { readonly place: Place; readonly depth: number }[] {
  const below = (parent: string | undefined, depth: number): { place: Place; depth: number }[] =>
    depth > 3
      ? []
      : places
          .filter((place) => place.parent === parent)
          .flatMap((place) => [{ place, depth }, ...below(place.code, depth + 1)]);
  return below(undefined, 0);
}
