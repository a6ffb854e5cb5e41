import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { notFound } from '../errors.ts';
import { packedFiles } from './packed-files.ts';

/** The built pages and where each is opened; a page's files lie below the same address. */
const pages = [
  { folder: 'station', base: '/station/', opens: ['/station/', '/station/probe'] },
  { folder: 'console', base: '/console/', opens: ['/console/'] },
  { folder: 'board', base: '/board/', opens: ['/board/:place'] },
  {
    folder: 'member',
    base: '/',
    opens: ['/', '/library', '/film/:id', '/programme/:startAtMs', '/notices', '/notices/:place', '/sign-in'],
  },
] as const;

const yearS = 31_536_000;

/** Puts what a page is about into it, for whoever reads it without running it; `address` is the page's own, with the place it is opened for. */
export type Preview = (page: string, address: URL) => Promise<string>;

/** Where the pages are and what they are told. */
export interface PagesInput {
  readonly folder: string;
  readonly timeZone: string;
  /** Address that people type. @defaultValue the one that was asked */
  readonly publicUrl?: string | undefined;
  readonly preview?: Preview | undefined;
}

/**
 * Serves the built pages: files whose name holds a hash for a year, everything else asked for again each time. A page learns
 * the county's time zone from its own first element, so that it never shows a time in another one.
 */
export function mountPages(app: Express, { folder, timeZone, publicUrl, preview }: PagesInput): void {
  for (const page of pages) {
    const root = join(folder, page.folder);
    const files = express.static(root, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      setHeaders: (response, path) => {
        const hashed = /-[\w-]{8}\.\w+(\.gz)?$/.test(path);
        response.setHeader('Cache-Control', hashed ? `public, max-age=${yearS}, immutable` : 'no-cache');
      },
    });
    app.get([...page.opens], async (request, response) => {
      response.locals['endpoint'] = `page ${page.folder}`;
      if (page.folder !== 'board' && `${request.path}/` === page.base) {
        response.redirect(308, `${request.path}/${search(request.url)}`);
        return;
      }
      const zoned = await pageOf(root, timeZone);
      const address = new URL(request.path, publicUrl ?? `${request.protocol}://${request.host}`);
      const { code } = request.query;
      if (typeof code === 'string') address.searchParams.set('code', code);
      const text = preview === undefined ? zoned : await preview(zoned, address);
      response.set({ 'Cache-Control': 'no-cache', ETag: `"${createHash('sha256').update(text).digest('base64url')}"` });
      response.type('html').send(text);
    });
    app.use(page.base, packedFiles(root), files);
  }
  // Whoever mistypes an address reads why in a page; programs read the problem.
  app.get(noProgramsAddress, async (request, response, next) => {
    if (request.accepts('json', 'html') !== 'html') {
      next();
      return;
    }
    response.locals['endpoint'] = 'page absent';
    response.status(404).type('html');
    response.send(await pageOf(join(folder, 'member'), timeZone));
  });
}

/** Addresses that people type; of a file of a page or the API, an answer in HTML would hide what is wrong. */
const noProgramsAddress = /^\/(?!api\/|media\/|board\/)[^.]*$/;

async function pageOf(root: string, timeZone: string): Promise<string> {
  const built = await readFile(join(root, 'index.html'), 'utf8').catch(() => {
    throw notFound('page: it is not built, run npm run build');
  });
  return built.replace('<html', `<html data-time-zone="${timeZone}"`);
}

/** The `?` of an address and what follows. */
const search = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');
