import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { preact } from '@preact/preset-vite';
import react from '@vitejs/plugin-react';
import { defineConfig, runnerImport } from 'vite';

/**
 * The four front ends; `--mode` names the one to build. `station` runs on boxes with Chrome 51 class engines: classic scripts
 * and lowered syntax. Its first script shows the channel; `station-later`, built before it, has the screens that one opens.
 */
const frontEnds = {
  member: { base: '/', kit: preact, target: 'chrome87' },
  station: { base: '/station/', kit: preact, target: 'chrome51', classicScript: true },
  'station-later': { base: '/station/', kit: preact, target: 'chrome51', classicScript: true, isLater: true },
  console: { base: '/console/', kit: react, target: 'chrome107' },
  board: { base: '/board/', kit: preact, target: 'chrome87' },
};

export default defineConfig(({ mode }) => {
  const frontEnd = frontEnds[mode];
  if (frontEnd === undefined) throw new Error(`Name the front end: --mode ${Object.keys(frontEnds).join(' | ')}`);
  const { base, kit, target, classicScript = false, isLater = false } = frontEnd;
  const folder = isLater ? 'station' : mode;
  return {
    root: resolve(import.meta.dirname, folder),
    base,
    publicDir: false,
    plugins: [
      kit(),
      endpointTable(classicScript ? ['station', 'shared'] : undefined),
      ...(classicScript ? [classicScripts()] : []),
      ...(mode === 'station' ? [laterScreens()] : []),
      ...(isLater ? [partsOfFirstScript()] : []),
      ...(mode === 'console' ? [adoptedStyles()] : []),
    ],
    build: {
      outDir: resolve(import.meta.dirname, '../dist/player', folder),
      emptyOutDir: mode !== 'station',
      target,
      cssTarget: target,
      modulePreload: classicScript ? false : { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1500,
      ...(classicScript
        ? {
            cssCodeSplit: false,
            rolldownOptions: {
              ...(isLater
                ? { input: resolve(import.meta.dirname, 'station/later.tsx'), preserveEntrySignatures: 'strict' }
                : {}),
              output: {
                ...{ format: 'iife', codeSplitting: false },
                ...(isLater ? { name: 'yuanboLater', entryFileNames: 'assets/later-[hash].js', globals: partOf } : {}),
              },
              checks: { emptyImportMeta: false },
            },
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
 * the table without the schemas (zod and its regular expressions do not run on old boxes), and there is still one table. Of a
 * page with a small budget only the lines that its folders call.
 */
function endpointTable(folders) {
  const name = 'virtual:endpoints';
  return {
    name: 'yuanbo-endpoint-table',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: async (id) => {
      if (id !== `\0${name}`) return undefined;
      const { module } = await runnerImport(resolve(import.meta.dirname, '../media/contract/table.ts'));
      const called = folders?.flatMap(callsIn);
      const wanted = Object.entries(module.contract).filter(([key]) => called === undefined || called.includes(key));
      const lines = wanted.map(([key, { method, path }]) => [key, { method, path }]);
      return `export const endpoints = ${JSON.stringify(Object.fromEntries(lines))};`;
    },
  };
}

/** Names of the endpoints that the sources of a folder call. */
function callsIn(folder) {
  const path = resolve(import.meta.dirname, folder);
  const sources = readdirSync(path, { recursive: true }).filter((file) => /\.tsx?$/.test(file));
  return sources.flatMap((file) =>
    [...readFileSync(resolve(path, file), 'utf8').matchAll(/\bcall\('(\w+)'/g)].map((found) => found[1]),
  );
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

/** Answers `virtual:later-screens`: how the first script of the station gets the second. */
function laterScreens() {
  const name = 'virtual:later-screens';
  let isBuild = true;
  return {
    name: 'yuanbo-later-screens',
    configResolved: ({ command }) => void (isBuild = command === 'build'),
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => {
      if (id !== `\0${name}`) return undefined;
      if (!isBuild) return `export const loadLaterScreens = () => import('/later.tsx');`;
      const assets = resolve(import.meta.dirname, '../dist/player/station/assets');
      const script = readdirSync(assets).find((file) => /^later-.*\.js$/.test(file));
      if (script === undefined) throw new Error('Build station-later before station.');
      const load = JSON.stringify(resolve(import.meta.dirname, 'shared/load-script.ts'));
      return `import { loadScript } from ${load};
        export const loadLaterScreens = () =>
          loadScript('/station/assets/${script}').then(() => window.yuanboLater);`;
    },
  };
}

/** What the two scripts of the station share lives in the first: there is one Preact, one clock and one remote. */
const partsOfStation = {
  ...{ preact: 'preact', 'preact/hooks': 'hooks', 'preact/jsx-runtime': 'jsx' },
  ...{ '/station.ts': 'station', '/picture.tsx': 'picture', '/use-remote.ts': 'remote', '/words.ts': 'words' },
  ...{ '/shared/use-loaded.ts': 'loaded', '/shared/remembered.ts': 'remembered', '/notice.tsx': 'notice' },
  ...{ '/shared/hls-playback.ts': 'playback', '/shared/retry-later.ts': 'retry', '/focus.ts': 'focus' },
  ...{ '/shared/county-clock.ts': 'clock', '/must-watch.ts': 'mustWatch', '/shortcut.ts': 'shortcut' },
  ...{ '/button-row.tsx': 'buttons', '/shared/ask-for-url.ts': 'ask', '/key-profile.ts': 'keys' },
  ...{ '/device-class.ts': 'device', '/phase-text.ts': 'phases', '/screen.ts': 'screens' },
};
const partOf = (id) => `yuanboParts.${id.replace('part:', '')}`;
function partsOfFirstScript() {
  const shared = Object.entries(partsOfStation);
  return {
    name: 'yuanbo-parts-of-first-script',
    enforce: 'pre',
    resolveId: (id) => {
      const found = shared.find(([end]) => (end.startsWith('/') ? id.endsWith(end) : id === end));
      return found && { id: `part:${found[1]}`, external: true };
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
