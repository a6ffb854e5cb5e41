/** What a chat shows of a link before anybody opens it. */
export interface LinkPreview {
  readonly title: string;
  readonly description: string;
  /** Path-absolute address of a picture. @defaultValue the page's own icon */
  readonly picture?: string;
  /** @defaultValue website */
  readonly kind?: 'website' | 'video.other';
}

/** Text inside an attribute or an element. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\s+/g, ' ');

const property = (name: string, content: string): string => `<meta property="${name}" content="${escaped(content)}" />`;

/**
 * Puts a preview into a built page: its title, description and Open Graph properties (ogp.me), which robots of chats read
 * without running a script. `address` is the page's own, whole.
 */
export function writePreview(page: string, preview: LinkPreview, address: string): string {
  const { title, description, kind = 'website' } = preview;
  const picture = preview.picture ?? /<link rel="apple-touch-icon" href="([^"]*)"/.exec(page)?.[1];
  const site = /<title>([^<]*)<\/title>/.exec(page)?.[1] ?? '';
  const tags = [
    property('og:type', kind),
    property('og:site_name', site),
    property('og:title', title),
    property('og:description', description),
    property('og:url', address),
    ...(picture === undefined ? [] : [property('og:image', new URL(picture, address).href)]),
  ];
  return page
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace(/<meta name="description"[^>]*>/, () => `<meta name="description" content="${escaped(description)}" />`)
    .replace('</head>', () => `${tags.map((tag) => `  ${tag}\n`).join('')}  </head>`);
}
