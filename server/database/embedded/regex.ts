import type { BSONRegExp } from 'mongodb';
import { bsonType } from './bson-document.ts';
import { badValue, unsupported } from './database-error.ts';

/** Pattern and option letters of a regular expression in any of its spellings; `undefined` for other values. */
export function regexParts(value: unknown): { readonly pattern: string; readonly options: string } | undefined {
  if (value instanceof RegExp) return { pattern: value.source, options: value.flags };
  if (bsonType(value) === 'BSONRegExp') {
    const { pattern, options } = value as BSONRegExp;
    return { pattern, options };
  }
  return typeof value === 'string' ? { pattern: value, options: '' } : undefined;
}

/** A JavaScript expression that matches what MongoDB's (PCRE2 in UTF mode) matches: options i, m and s; refuses the rest. */
export function compileRegex(value: unknown, extraOptions: unknown): RegExp {
  const parts = regexParts(value);
  if (parts === undefined) throw badValue('$regex has to be a string or a regular expression');
  if (extraOptions !== undefined && typeof extraOptions !== 'string') throw badValue('$options has to be a string');
  if (extraOptions !== undefined && parts.options !== '') throw badValue('options set in both $regex and $options');
  const options = new Set(extraOptions ?? parts.options);
  options.delete('u');
  options.delete('g');
  const odd = [...options].find((letter) => !'ims'.includes(letter));
  if (odd !== undefined) throw unsupported(`the regular expression option '${odd}'`);
  if (/\(\?[>#|imsx-]|\\[AzZGQEKRHhVvXu]|\[\[:|[+*?}]\+/.test(parts.pattern.replaceAll('\\\\', ''))) {
    throw unsupported('regular expressions with Perl-only syntax');
  }
  const source = inJavaScript(parts.pattern, options);
  try {
    return new RegExp(source, options.has('i') ? 'iu' : 'u');
  } catch {
    throw badValue(`Regular expression is invalid: ${parts.pattern}`);
  }
}

const asciiSpace = '\\t\\n\\v\\f\\r ';
const tokens = /\\[pP]\{[^}]*\}|\\[^]|\[\^?\]?|\{\d+(?:,\d*)?\}|[^]/gu;

/** The same expression in JavaScript's words: for PCRE only \n ends a line, and `\s` knows no space but those of ASCII. */
function inJavaScript(pattern: string, options: ReadonlySet<string>): string {
  const lines = options.has('m');
  const words: Readonly<Record<string, string>> = {
    '.': options.has('s') ? '[^]' : '[^\\n]',
    '^': lines ? '(?:^|(?<=\\n)(?!$))' : '^',
    $: lines ? '(?=\\n|$)' : '(?=\\n?$)',
    '\\s': `[${asciiSpace}]`,
    '\\S': `[^${asciiSpace}]`,
    '{': '\\{',
    '}': '\\}',
    ']': '\\]',
  };
  let inClass = false;
  return pattern.replace(tokens, (token) => {
    if (inClass) {
      inClass = token !== ']';
      return wordInClass(token);
    }
    inClass = token.startsWith('[');
    if (inClass && token.endsWith(']')) throw unsupported('regular expressions with ] first in a class');
    return Object.hasOwn(words, token) ? (words[token] ?? token) : withoutNeedlessEscape(token, '');
  });
}

function wordInClass(token: string): string {
  if (token === '\\S') throw unsupported('regular expressions with \\S in a class');
  if (token === '\\s') return asciiSpace;
  if (token.startsWith('[') && token.length > 1) throw unsupported('regular expressions with [ in a class');
  return token === '[' ? '\\[' : withoutNeedlessEscape(token, '-');
}

/** PCRE takes a backslash before any sign as that sign; JavaScript's unicode mode only before those that need one. */
function withoutNeedlessEscape(token: string, alsoNeeded: string): string {
  const escaped = token.startsWith('\\') ? token.slice(1) : '';
  return escaped === '' || (/[\w^$\\.*+?()[\]{}|/]/.test(escaped) && escaped !== '_') || alsoNeeded.includes(escaped)
    ? token
    : escaped;
}

/** The text that every match of an expression begins with; `undefined` when it has none that an index could use. */
export function regexPrefix(value: unknown, extraOptions: unknown): string | undefined {
  const parts = regexParts(value);
  if (parts === undefined || /[imx]/.test(`${parts.options}${typeof extraOptions === 'string' ? extraOptions : ''}`))
    return undefined;
  const { pattern } = parts;
  const literal = /^\^([^\\^$.|?*+()[\]{}]+)/.exec(pattern)?.[1];
  if (literal === undefined || pattern.includes('|')) return undefined;
  const next = pattern[literal.length + 1];
  // A quantifier takes the last character with it: ^ab* begins with a only.
  const sure = next !== undefined && '?*{'.includes(next) ? withoutLast(literal) : literal;
  return sure === '' ? undefined : sure;
}

/** A text without its last code point. */
const withoutLast = (text: string): string => text.replace(/.$/su, '');
