/** What people call a language, as `English` or `藏语`; its tag where the browser does not know. A second track has its number. */
export function languageName(tag: string, speech: string): string {
  const [language = tag, number] = tag.split('-x-');
  try {
    // Nobody here says “Chinese (China)”.
    const asked = /^zh-(?:CN|Hans.*)$/i.test(language) ? 'zh' : language;
    const name = new Intl.DisplayNames([speech], { type: 'language' }).of(asked) ?? language;
    return number === undefined ? name : `${name} ${number}`;
  } catch {
    return tag;
  }
}
