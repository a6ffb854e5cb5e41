import type { Surroundings } from '../surroundings.ts';
import { type CountySettingsStore, countySettingsStore } from './county-settings-store.ts';

export interface SettingsParts {
  readonly countySettings: CountySettingsStore;
}

export const settingsParts = ({ database }: Surroundings): SettingsParts => ({
  countySettings: countySettingsStore(database),
});
