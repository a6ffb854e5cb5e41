import { createHash } from 'node:crypto';
import { idOfDigest } from '../../media/contract/ids.ts';

/** The slate is a film of the house with an id of its own, so that every replica knows it. */
export const slateFilmId = idOfDigest(createHash('sha256').update('yuanbo slate').digest());
