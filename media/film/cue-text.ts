/** Tags that WebVTT knows and that can do no harm; their annotations and classes are dropped. */
const kept = /^<(\/?)(b|i|u|ruby|rt)(?:[.\s][^<>]*)?>$/i;
/** Tags of other subtitle formats that say nothing once their style is gone. */
const dropped = /^<\/?(?:font|c|v|lang|s|strike|span|p)(?:[.\s=][^<>]*)?>$/i;
const timeTag = /^<\d[\d:.]*>$/;
const entity = /&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)/g;
/** Style overrides of Advanced SubStation, as in `{\an8}`. */
const override = /\{\\[^{}]*\}/g;

const escaped = (text: string): string => text.replace(entity, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/**
 * Cue text as the house stores it: harmless tags stay, tags that only style are dropped, all other markup is shown as the
 * characters that it is made of. Never an empty line, which would end the cue.
 */
export function cleanCueText(text: string): string {
  return withoutOverrides(text)
    .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .split(/(<[^<>]*>)/)
    .map((piece) => {
      const [, slash, name] = kept.exec(piece) ?? [];
      if (name !== undefined) return `<${slash ?? ''}${name.toLowerCase()}>`;
      return dropped.test(piece) || timeTag.test(piece) ? '' : escaped(piece);
    })
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .normalize('NFC');
}

/** One that is taken away may leave another behind. */
function withoutOverrides(text: string): string {
  const left = text.replace(override, '');
  return left === text ? text : withoutOverrides(left);
}

const characters: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&nbsp;': '\u00a0' };

/** Cue text as people edit it: escapes undone wherever `cleanCueText` would bring them back. */
export function editableCueText(text: string): string {
  const readable = text.replace(/&(?:lt|gt|amp|nbsp);/g, (found) => characters[found] ?? found);
  return cleanCueText(readable) === text ? readable : text;
}
