import { describe, expect, it } from 'vitest';
import { writePreview } from '../../../../server/link-previews/write-preview.ts';

const page = '<head><title>远播</title><meta name="description" content="县" /></head>';

describe('a preview in a page', () => {
  it('names the picture and the page by whole addresses, and the site by the page’s own title', () => {
    const preview = { title: '水稻', description: '育秧\n要点', picture: '/p/a/poster.jpg' };
    const written = writePreview(page, preview, 'https://yuanbo.example/film/1');
    expect(written).toContain('<title>水稻</title><meta name="description" content="育秧 要点" />');
    for (const tag of [
      '<meta property="og:type" content="website" />',
      '<meta property="og:site_name" content="远播" />',
      '<meta property="og:image" content="https://yuanbo.example/p/a/poster.jpg" />',
      '<meta property="og:url" content="https://yuanbo.example/film/1" />',
    ])
      expect(written).toContain(tag);
  });

  it('shows the icon of the pages where there is no picture', () => {
    const withIcon = page.replace('</head>', '<link rel="apple-touch-icon" href="/assets/icon.png" /></head>');
    const written = writePreview(withIcon, { title: '公示栏', description: '' }, 'https://yuanbo.example/notices');
    expect(written).toContain('<meta property="og:image" content="https://yuanbo.example/assets/icon.png" />');
  });

  it('takes nothing of a title for markup or for a replacement', () => {
    const written = writePreview(page, { title: `"><b>$&$'`, description: '' }, 'http://a/');
    expect(written).not.toContain('<b>');
    expect(written).toContain('&#34;&#62;&#60;b&#62;$&#38;$&#39;');
  });
});
