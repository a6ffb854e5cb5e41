import type { ProblemCode } from '../../../media/contract/problem.ts';
import { ApiError } from '../../shared/api-error.ts';
import type { Language } from '../../shared/language.ts';
import { fieldMessages } from './zh/field-messages.ts';
import { problems } from './zh/problems.ts';

/** An error as people read it. */
export interface Explained {
  readonly text: string;
  /** The server's own words, where they say more than the sentence. */
  readonly detail?: string;
  readonly requestId?: string;
}

/** Codes whose sentence says everything; of the others the server's detail names the thing that stands in the way. */
const complete: readonly string[] = [
  'network',
  'sign_in',
  'forbidden',
  'step_up',
  'too_many_requests',
  'starting',
  'not_found',
];

/** Puts an error into words: Chinese by its code, English as the server said it. */
export function explainError(error: unknown, language: Language): Explained {
  if (!(error instanceof ApiError)) return { text: error instanceof Error ? error.message : String(error) };
  const requestId = error.requestId === undefined ? {} : { requestId: error.requestId };
  if (language === 'en') return { text: error.message, ...requestId };
  const text = problems[error.code as ProblemCode] as string | undefined;
  const fields = error.fields.map(({ message }) => explainField(message, language)).join(' ');
  const detail = fields === '' ? error.message : fields;
  if (text === undefined) return { text: detail, ...requestId };
  return complete.includes(error.code) || detail === '' ? { text, ...requestId } : { text, detail, ...requestId };
}

/** What is wrong with one field; the contract's own sentences are English. */
export const explainField = (message: string, language: Language): string =>
  language === 'zh' ? (fieldMessages.find(([english]) => english.test(message))?.[1] ?? message) : message;
