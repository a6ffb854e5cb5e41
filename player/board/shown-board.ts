import type { Board } from '../../media/contract/notices.ts';
import type { Language } from '../shared/language.ts';
import type { BoardWords } from './words.ts';

/** What every form of the board is drawn from. */
export interface ShownBoard {
  readonly board: Board;
  readonly words: BoardWords;
  readonly language: Language;
  readonly nowMs: number;
}
