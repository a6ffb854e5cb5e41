import { useScopes } from '../parts/use-scopes.ts';
import { useWords } from '../words/words.tsx';

/** Places that a person may make plans for. */
export const usePlanPlaces = () => useScopes('edit-plan', useWords().planning.list.wholeCounty);
