// npm run bench:channel [-- --quick]
// What a channel costs: its live list, compiling a month, an edit over many places, and standing idle beside channels that run a process each.
import { benchCompile } from './compile-month.mjs';
import { benchIdle } from './idle-channels.mjs';
import { benchLiveList } from './live-list.mjs';
import { benchManyPlaces } from './many-places.mjs';

const quick = process.argv.includes('--quick');
const verdicts = [
  ...benchLiveList({ quick }),
  ...benchCompile({ quick }),
  ...(await benchManyPlaces({ quick })),
  ...(await benchIdle({ quick })),
];
process.exit(verdicts.every(Boolean) ? 0 : 1);
