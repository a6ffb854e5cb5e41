import { built } from '../origin/built.mjs';
import { interleavedUs, judge } from './measure.mjs';
import { channelOf, firstCell, ladder } from './plans.mjs';

const { livePlaylist, LIVE_CELLS } = await built('media/channel/live-window.js');

const stride = 7919;

/** The text of a live list, so many cells further each time, so that nothing is remembered. */
function listing(timeline, step) {
  const [epoch] = timeline.epochs;
  const view = { timeline, epoch, rendition: { package: 'ts', name: '720p' }, ladder };
  const reach = Math.max(1, timeline.spans.reduce((sum, { cells }) => sum + cells, 0) - LIVE_CELLS);
  return (turn) => livePlaylist(view, (firstCell + LIVE_CELLS + ((turn * step) % reach)) * 4000).length;
}

/** What a live list costs, whatever the length of the timeline that it is cut from. */
export function benchLiveList({ quick }) {
  const long = channelOf(1_000_000);
  const rows = [
    ['1 entry', listing(channelOf(1), 1)],
    ['1,000 entries, as the clock goes on', listing(channelOf(1000), 1)],
    ['1,000,000 entries, as the clock goes on', listing(long, 1)],
    ['1,000,000 entries, now here, now there in the year', listing(long, stride)],
  ];
  const took = interleavedUs(
    rows.map(([, work]) => work),
    { rounds: quick ? 5 : 21, times: 2000 },
  );
  console.log(`\nCPU of one live list of ${LIVE_CELLS} cells, medians`);
  for (const [index, [what]] of rows.entries()) console.log(`  ${what.padEnd(52)} ${took[index].toFixed(2)} us`);
  const [one, , goingOn, anywhere] = took;
  return [
    judge('1,000,000 entries against 1, as the clock goes on', goingOn / one, 2.5),
    judge('1,000,000 entries against 1, anywhere in the year', anywhere / one, 2.5),
    judge('1,000,000 entries, as the clock goes on', goingOn, 10, ' us'),
    judge('1,000,000 entries, anywhere in the year', anywhere, 10, ' us'),
  ];
}
