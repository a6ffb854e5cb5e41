import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

/** Purity of media/ (architecture.md, decision 1): same input, same bytes, so no clock, random or environment. */
const impure = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'media/ takes the instant as an argument (atMs).',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'media/ takes the instant as an argument (atMs).',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'media/ is deterministic: seed it.',
  },
  { selector: "MemberExpression[object.name='process']", message: 'media/ knows no process.' },
];
/** Only the two main.ts read the environment, through the settings schema (architecture.md). */
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only server/main.ts and transcoder/main.ts read process.env; take a setting as an argument.',
};
/** JavaScript rolls 30 February over to March and guesses zones: parse county time with media/grid/civil-time.ts. */
const userDates = {
  selector: "NewExpression[callee.name='Date'][arguments.0.type='Literal']",
  message: 'Parse text with media/grid/civil-time.ts; JavaScript guesses.',
};
/** fluent-ffmpeg splits array elements that hold exactly one space. */
const arrayOptions = {
  selector: "CallExpression[callee.property.name=/^(outputOptions|inputOptions)$/][arguments.0.type='ArrayExpression']",
  message: 'Use outputOptions(...args): an array element with one space would be split in two.',
};

/** Names that came after Chrome 51, the engine of the oldest boxes (stations notes, C30); syntax and CSS are checked in the build. */
const newerMethods =
  '^(padStart|padEnd|trimStart|trimEnd|matchAll|replaceAll|flat|flatMap|at|findLast|findLastIndex|toSorted|toReversed|toSpliced|allSettled|any|withResolvers|finally|fromEntries|hasOwn|getOwnPropertyDescriptors|formatToParts|formatRange|append|prepend|before|after|replaceWith|replaceChildren|toggleAttribute|randomUUID|scrollIntoViewIfNeeded|requestVideoFrameCallback|values)$';
const floor = {
  selector: `CallExpression[callee.type='MemberExpression'][callee.property.name=/${newerMethods}/]`,
  message: 'Boxes with Chrome 51 do not have this; see test/journey/old-engine.ts.',
};
const newerGlobals = [
  ...['queueMicrotask', 'ResizeObserver', 'AbortController', 'structuredClone', 'BigInt', 'WeakRef', 'globalThis'],
  ...['reportError', 'scheduler', 'BroadcastChannel', 'CompressionStream', 'URLPattern'],
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'var/**', '**/*.d.ts', 'vitest.config.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts', '**/*.tsx'] })),
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // There is no enum here, and looking for one was nearly half of lint.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // Mongoose's schema literals and requests that are read on are instances in name only.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      'no-restricted-syntax': ['error', environment, userDates, arrayOptions],
    },
  },
  {
    files: ['media/**/*.ts'],
    ignores: ['media/storage/**'],
    rules: { 'no-restricted-syntax': ['error', ...impure, environment, userDates] },
  },
  {
    files: ['server/main.ts', 'transcoder/main.ts'],
    rules: { 'no-restricted-syntax': ['error', userDates, arrayOptions] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    files: ['player/**/*.tsx', 'player/**/*.ts'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['player/station/**/*.{ts,tsx}', 'player/shared/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-globals': ['error', ...newerGlobals],
      'no-restricted-syntax': ['error', environment, userDates, floor],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        document: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
      },
    },
  },
);
