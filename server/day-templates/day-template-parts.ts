import type { Surroundings } from '../surroundings.ts';
import { type DayTemplateStore, dayTemplateStore } from './day-template-store.ts';

export interface DayTemplateParts {
  readonly dayTemplates: DayTemplateStore;
}

export const dayTemplateParts = ({ database }: Surroundings): DayTemplateParts => ({
  dayTemplates: dayTemplateStore(database),
});
