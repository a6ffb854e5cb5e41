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

/** A JavaScript expression for a MongoDB one: options i, m and s; refuses x and what JavaScript cannot read. */
export function compileRegex(value: unknown, extraOptions: unknown): RegExp {
  const parts = regexParts(value);
  if (parts === undefined) throw badValue('$regex has to be a string or a regular expression');
  if (extraOptions !== undefined && typeof extraOptions !== 'string') throw badValue('$options has to be a string');
  const options = new Set(extraOptions ?? parts.options);
  options.delete('u');
  options.delete('g');
  const odd = [...options].find((letter) => !'ims'.includes(letter));
  if (odd !== undefined) throw unsupported(`the regular expression option '${odd}'`);
  const flags = [...options].join('');
  if (/\(\?[>#|imsx-]|\\[AzZGQEKRHhVvX]|\[\[:|[+*?}]\+/.test(parts.pattern.replaceAll('\\\\', ''))) {
    throw unsupported('regular expressions with Perl-only syntax');
  }
  try {
    return new RegExp(parts.pattern, `${flags}u`);
  } catch {
    // Outside unicode mode JavaScript accepts escapes such as \- and \_, as MongoDB's engine does.
    try {
      return new RegExp(parts.pattern, flags);
    } catch {
      throw badValue(`Regular expression is invalid: ${parts.pattern}`);
    }
  }
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
