import { join } from 'node:path';
import { demo } from '../system.ts';

/** Where what came of the play is written once it is over. */
export const reportFile = (): string => join(demo().dataDir, 'play-report.json');
