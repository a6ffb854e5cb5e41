import type { Id } from '../../media/contract/ids.ts';
import { sourceKey } from '../../media/storage/keys.ts';
import type { FilmRecord } from './film-record.ts';

type Sourced = Pick<FilmRecord, 'id' | 'renews' | 'sourceId'>;

/** Under which id the upload lies that a film is encoded from: a re-encode reads that of the film it renews. */
export const sourceIdOf = ({ id, renews, sourceId }: Sourced): Id => sourceId ?? renews ?? id;

/** Where it lies. */
export const sourceKeyOf = (film: Sourced): string => sourceKey(sourceIdOf(film));

/** Whether a film is a new file for the film that it renews. */
export const isNewFile = ({ id, renews, sourceId }: Sourced): boolean => renews !== undefined && sourceId === id;
