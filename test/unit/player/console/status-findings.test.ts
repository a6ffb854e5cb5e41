import { expect, it } from 'vitest';
import { idSchema } from '../../../../media/contract/ids.ts';
import type { SystemStatus } from '../../../../media/contract/status.ts';
import { statusFindings } from '../../../../player/console/office/status-findings.ts';
import { en as words } from '../../../../player/console/words/en/dictionary.ts';

const en = words.keeping;

const worker = { name: 'one', host: 'here', runningJobs: 0, concurrency: 1, silentMs: 0 };
const queue = { paused: false, waitingFilms: 2, waitingJobs: 2, runningJobs: 0, failedFilms: 0, workers: [worker] };
const well: SystemStatus = {
  ...{ serverAtMs: 1_795_737_600_000, down: [], disks: [], replicas: [], channels: [], damagedFilms: [], queue },
  database: { kind: 'embedded', answersInMs: 1 },
  redis: { kind: 'embedded', answersInMs: 1 },
  backup: { atMs: 1_795_737_600_000, documents: 1, bytes: 1 },
};

it('finds nothing where all is well', () => {
  expect(statusFindings(well, words)).toEqual([]);
});

it('does not pass over a queue that somebody paused', () => {
  expect(statusFindings({ ...well, queue: { ...queue, paused: true } }, words)).toEqual([
    {
      ...{ what: en.status.queuePaused, health: 'warning', cure: en.status.queuePausedCure },
      screens: [{ menu: 'queue', path: ['office', 'queue'], needs: 'manage-queue' }],
    },
  ]);
});

it('leads to the screens on which a cure is done', () => {
  const disks: SystemStatus['disks'] = [{ holds: 'films', where: '/films', state: 'full' }];
  const findings = statusFindings({ ...well, disks, queue: { ...queue, failedFilms: 1 } }, words);
  const paths = findings.map(({ screens = [] }) => screens.map(({ path }) => path.join('/')));
  expect(paths).toEqual([['films', 'office/settings'], ['films/state/failed']]);
});

it('says of which channel what waits, and where fewer cards are asked for', () => {
  const channels: SystemStatus['channels'] = [
    { code: 'county', name: 'County', troubles: ['slow-upkeep', 'many-cards'] },
    { code: 'town', name: 'Town', troubles: [] },
  ];
  const findings = statusFindings({ ...well, channels }, words);
  expect(findings.map(({ what, health }) => [what, health])).toEqual([
    [`County: ${en.status.troubles['slow-upkeep'].what}`, 'warning'],
    [`County: ${en.status.troubles['many-cards'].what}`, 'warning'],
  ]);
  expect(findings.map(({ screens = [] }) => screens.length)).toEqual([0, 1]);
});

it('names films whose stored files are damaged, and leads to each', () => {
  const film = { filmId: idSchema.parse('1'.repeat(26)), foundAtMs: 1, finding: 'a.ts is missing' };
  const damagedFilms = [
    { ...film, title: 'Bees', isMending: true },
    { ...film, title: 'Tea', isMending: false },
  ];
  const findings = statusFindings({ ...well, damagedFilms }, words);
  expect(findings.map(({ what, health, cure }) => [what, health, cure])).toEqual([
    ['Stored files of "Bees" are damaged: a.ts is missing', 'warning', en.status.mendingCure],
    ['Stored files of "Tea" are damaged: a.ts is missing', 'bad', en.status.damagedCure],
  ]);
  expect(findings[0]?.screens?.[0]?.path).toEqual(['films', film.filmId]);
});

it('puts what is broken before what is only doubtful', () => {
  const findings = statusFindings({ ...well, queue: { ...queue, paused: true, workers: [] } }, words);
  expect(findings.map(({ health }) => health)).toEqual(['bad', 'warning']);
});
