import { sourceKey } from '../../media/storage/keys.ts';
import type { FilmRecord } from './film-record.ts';

/** Where the upload lies that a film is encoded from: a re-encode reads that of the film it renews. */
export const sourceKeyOf = ({ id, renews }: Pick<FilmRecord, 'id' | 'renews'>): string => sourceKey(renews ?? id);
