import { resolve } from 'node:path';
import { preact } from '@preact/preset-vite';
import react from '@vitejs/plugin-react';
import { defineConfig, runnerImport } from 'vite';

/**
 * The four front ends; `--mode` names the one to build. `station` runs on boxes with Chrome 51 class engines: one classic
 * script and lowered syntax; a film in several languages loads the full hls.js as a script of its own.
 */
const frontEnds = {
  member: { base: '/', kit: preact, target: 'chrome87' },
  station: { base: '/station/', kit: preact, target: 'chrome51', classicScript: true },
  console: { base: '/console/', kit: react, target: 'chrome107' },
  board: { base: '/board/', kit: preact, target: 'chrome87' },
};

export default defineConfig(({ mode }) => {
  const frontEnd = frontEnds[mode];
  if (frontEnd === undefined) throw new Error(`Name the front end: --mode ${Object.keys(frontEnds).join(' | ')}`);
  const { base, kit, target, classicScript = false } = frontEnd;
  return {
    root: resolve(import.meta.dirname, mode),
    base,
    publicDir: false,
    plugins: [
      kit(),
      endpointTable(),
      ...(classicScript ? [classicScripts()] : []),
      ...(mode === 'console' ? [adoptedStyles()] : []),
    ],
    build: {
      outDir: resolve(import.meta.dirname, '../dist/player', mode),
      emptyOutDir: true,
      target,
      cssTarget: target,
      modulePreload: classicScript ? false : { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1500,
      ...(classicScript
        ? {
            cssCodeSplit: false,
            rolldownOptions: { output: { format: 'iife', codeSplitting: false }, checks: { emptyImportMeta: false } },
          }
        : {}),
    },
    server: { proxy: Object.fromEntries(['/api', '/p/', '/healthz', '/readyz'].map((path) => [path, development])) },
  };
});

/** Where `vite --mode NAME` finds the product while one works on a page. */
const development = 'http://127.0.0.1:8080';

/**
 * Answers `virtual:endpoints` with method and path of every line of the contract table, read at build time: the browser gets
 * the table without the schemas (zod and its regular expressions do not run on old boxes), and there is still one table.
 */
function endpointTable() {
  const name = 'virtual:endpoints';
  return {
    name: 'yuanbo-endpoint-table',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: async (id) => {
      if (id !== `\0${name}`) return undefined;
      const { module } = await runnerImport(resolve(import.meta.dirname, '../media/contract/table.ts'));
      const lines = Object.entries(module.contract).map(([key, { method, path }]) => [key, { method, path }]);
      return `export const endpoints = ${JSON.stringify(Object.fromEntries(lines))};`;
    },
  };
}

/** Engines before Chrome 61 know no modules: the page loads the one bundle as a deferred classic script. */
function classicScripts() {
  return {
    name: 'yuanbo-classic-scripts',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replaceAll('<script type="module" crossorigin', '<script defer'),
    },
  };
}

/** The component library writes `<style>` elements, which our content security policy forbids; ours adopts style sheets. */
function adoptedStyles() {
  const theirs = /(^|\/)(dynamicCSS|cssUtils)(\.js)?$/;
  return {
    name: 'yuanbo-adopted-styles',
    enforce: 'pre',
    resolveId: (id) => (theirs.test(id) ? resolve(import.meta.dirname, 'console/adopted-styles.ts') : undefined),
  };
}
