import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { notFound } from '../errors.ts';

/** The built pages and where each is opened; a page's files lie below the same address. */
const pages = [
  { folder: 'station', base: '/station/', opens: ['/station/'] },
  { folder: 'console', base: '/console/', opens: ['/console/'] },
  { folder: 'board', base: '/board/', opens: ['/board/:place'] },
  { folder: 'member', base: '/', opens: ['/'] },
] as const;

const yearS = 31_536_000;

/**
 * Serves the built pages: files whose name holds a hash for a year, everything else asked for again each time. A page learns
 * the county's time zone from its own first element, so that it never shows a time in another one.
 */
export function mountPages(app: Express, folder: string, timeZone: string): void {
  for (const page of pages) {
    const root = join(folder, page.folder);
    const files = express.static(root, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      setHeaders: (response, path) => {
        const hashed = /-[\w-]{8}\.\w+$/.test(path);
        response.setHeader('Cache-Control', hashed ? `public, max-age=${yearS}, immutable` : 'no-cache');
      },
    });
    app.get([...page.opens], async (request, response) => {
      response.locals['endpoint'] = `page ${page.folder}`;
      if (page.folder !== 'board' && !request.path.endsWith('/')) {
        response.redirect(308, `${request.path}/${search(request.url)}`);
        return;
      }
      const built = await readFile(join(root, 'index.html'), 'utf8').catch(() => {
        throw notFound('page: it is not built, run npm run build');
      });
      const text = built.replace('<html', `<html data-time-zone="${timeZone}"`);
      response.set({ 'Cache-Control': 'no-cache', ETag: `"${createHash('sha256').update(text).digest('base64url')}"` });
      response.type('html').send(text);
    });
    app.use(page.base, files);
  }
}

/** The `?` of an address and what follows. */
const search = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');
