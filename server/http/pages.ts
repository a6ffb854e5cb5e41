import { existsSync } from 'node:fs';
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

/** Serves the built pages: files whose name holds a hash for a year, everything else asked for again each time. */
export function mountPages(app: Express, folder: string): void {
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
    app.get([...page.opens], (request, response, next) => {
      response.locals['endpoint'] = `page ${page.folder}`;
      if (page.folder !== 'board' && !request.path.endsWith('/')) {
        response.redirect(308, `${request.path}/${search(request.url)}`);
        return;
      }
      if (!existsSync(join(root, 'index.html'))) throw notFound('page: it is not built, run npm run build');
      request.url = '/index.html';
      files(request, response, next);
    });
    app.use(page.base, files);
  }
}

/** The `?` of an address and what follows. */
const search = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');
