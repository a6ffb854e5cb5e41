/**
 * What nobody sees in a line of text, and what spoils it for readers: controls, characters that turn the writing direction or
 * join others (Cf), separators of lines, halves of characters, and the two that no XML may hold.
 */
export const unseenCharacters = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u2065\ufffe\uffff]/gu;
/** A line without any of them. */
export const seenLine = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u2065\ufffe\uffff]*$/u;
