import { defineConfig } from 'vitest/config';
import { JourneyOrder } from './test/journey/journey-order.ts';

/** Files of one worker share the modules they load, which take longer than most files: tests mock none and keep nothing in them. */
const project = (name: string, options: object = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...options,
  },
});

export default defineConfig({
  test: {
    // Vitest leaves one core idle, which of two is half.
    maxWorkers: '100%',
    sequence: { sequencer: JourneyOrder },
    projects: [
      project('unit'),
      project('property', { testTimeout: 120_000 }),
      project('house'),
      project('service', { testTimeout: 60_000 }),
      // The transcoder's and the library's own systems: much of their time is waiting for locks to run out, so three run at once.
      {
        test: {
          name: 'parts',
          include: ['test/journey/{transcode,library}-*.test.ts'],
          maxWorkers: 3,
          testTimeout: 240_000,
          hookTimeout: 300_000,
        },
      },
      // `npm run soak:play` and `soak:station`, minutes or hours of them: not part of `npm test`.
      {
        test: {
          name: 'soak',
          include: ['test/journey/soak/**/*.test.ts'],
          globalSetup: 'test/journey/start-demo.ts',
          testTimeout: 7_200_000,
          hookTimeout: 700_000,
        },
      },
      // Everything on one sample county, two files at a time, while a player watches a channel of its own.
      {
        test: {
          name: 'journey',
          include: ['test/journey/*.test.ts'],
          exclude: ['test/journey/{transcode,library}-*.test.ts'],
          globalSetup: ['test/journey/start-demo.ts', 'test/journey/play/start-play.ts'],
          setupFiles: 'test/journey/running-journeys.ts',
          maxWorkers: 2,
          testTimeout: 600_000,
          hookTimeout: 700_000,
        },
      },
    ],
  },
});
