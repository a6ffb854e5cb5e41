import { remember, remembered } from '../shared/remembered.ts';

const name = 'village';
const code = /^[a-z][a-z0-9-]{0,31}$/;

/** Kept on this device, and while the page is open even where it may keep nothing. */
let kept = remembered(name) ?? '';

/** Code of the place that a member chose as the own one; undefined before that, or where the whole county was chosen. */
export const chosenVillage = (): string | undefined => (code.test(kept) && kept !== 'county' ? kept : undefined);

/** Whether the member was asked already. */
export const hasChosenVillage = (): boolean => code.test(kept);

/** Keeps a place as the own one. */
export function keepVillage(place: string): void {
  kept = place;
  remember(name, place);
}

/** Opens the pages anew as a place sees them. */
export function openVillage(place: string): void {
  location.assign(`/notices${place === 'county' ? '' : `?code=${place}`}`);
}
