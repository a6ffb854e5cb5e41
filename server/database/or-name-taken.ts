import { AppError } from '../errors.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** Waits for a write; 409 `name_taken` where a unique index holds the name already. `what` is named in the sentence: `a season`. */
export async function orNameTaken<Value>(writing: Promise<Value>, what: string): Promise<Value> {
  try {
    return await writing;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new AppError('name_taken', `There is ${what} of that name already. Choose another name.`, { cause: error });
  }
}
