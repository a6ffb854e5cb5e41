import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest, which waits for films that are made meanwhile; and what asks nothing of the sample county until it is there. */
const first = [
  'office.test.ts',
  'nothing-left.test.ts',
  'first-county.test.ts',
  'layouts.test.ts',
  'scheduler.test.ts',
];
/** What others must not meet: kills of parts of the sample county; then the verdict on what was played all the while. */
const last = ['resilience.test.ts', 'channel-play.test.ts'];

function rank({ moduleId }: TestSpecification): number {
  const isNamed = (name: string): boolean => moduleId.endsWith(`/journey/${name}`);
  const early = first.findIndex(isNamed);
  return early === -1 ? 1 + last.findIndex(isNamed) : early - first.length;
}

/** The usual order of files, with those journeys at its two ends. */
export class JourneyOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
