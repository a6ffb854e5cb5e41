/** Characters that XML 1.0 does not allow at all (section 2.2), lone surrogates included; they are dropped. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const names: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text that stands as itself in XML content and attribute values. */
export const xmlText = (text: string): string =>
  text
    .replaceAll(forbidden, '')
    .replaceAll(/[&<>"']/g, (character) => names[character] ?? '')
    // Attribute values would turn these into spaces (XML 1.0, 3.3.3).
    .replaceAll(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);

/** One element with attributes; `inside` is XML already. */
export function xmlElement(name: string, attributes: Readonly<Record<string, string>>, inside = ''): string {
  const written = Object.entries(attributes)
    .map(([attribute, value]) => ` ${attribute}="${xmlText(value)}"`)
    .join('');
  return inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
}
