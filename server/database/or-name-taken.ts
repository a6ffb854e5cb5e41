import { AppError } from '../errors.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** Waits for a write; 409 `name_taken` with this sentence where a unique index holds the name already. */
export async function orNameTaken<Value>(writing: Promise<Value>, sentence: string): Promise<Value> {
  try {
    return await writing;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new AppError('name_taken', sentence, { cause: error });
  }
}
