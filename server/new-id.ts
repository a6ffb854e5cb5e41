import { ulid } from 'ulid';
import { type Id, idSchema } from '../media/contract/ids.ts';

/** Makes an identity that nobody can guess and that sorts by its instant (ULID, in lower case). */
export const newId = (atMs: number): Id => idSchema.parse(ulid(atMs).toLowerCase());
