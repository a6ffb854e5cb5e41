import { remember, remembered } from '../shared/remembered.ts';

const name = 'village';
const code = /^[a-z][a-z0-9-]{0,31}$/;

/** Code of the place that a member chose as the own one; undefined before that, or where the whole county was chosen. */
export function chosenVillage(): string | undefined {
  const kept = remembered(name) ?? '';
  return code.test(kept) && kept !== 'county' ? kept : undefined;
}

/** Whether the member was asked already. */
export const hasChosenVillage = (): boolean => code.test(remembered(name) ?? '');

/** Chooses a place; the pages are opened anew as that place sees them. */
export function chooseVillage(place: string): void {
  remember(name, place);
  location.assign(`/notices${place === 'county' ? '' : `?code=${place}`}`);
}
