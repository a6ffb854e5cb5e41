import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They have systems of their own and ask nothing of the sample county, which is being made meanwhile. */
const first = ['nothing-left.test.ts', 'first-county.test.ts'];
/** What others must not meet: kills of parts of the sample county; then the verdict on what was played all the while. */
const last = ['resilience.test.ts', 'channel-play.test.ts'];

function rank({ moduleId }: TestSpecification): number {
  const isNamed = (name: string): boolean => moduleId.endsWith(`/journey/${name}`);
  const late = last.findIndex(isNamed);
  return late === -1 ? (first.some(isNamed) ? -1 : 0) : 1 + late;
}

/** The usual order of files, with those journeys at its two ends. */
export class JourneyOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
