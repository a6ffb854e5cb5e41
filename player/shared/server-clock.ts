/** One answer of the server with its own time in it; the two local instants are of a clock that never jumps. */
export interface ClockSample {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly serverAtMs: number;
}

/** What to add to the local clock to get the server's, in ms: by the sample with the shortest way, half of which was the way here. */
export function serverOffsetMs(samples: readonly ClockSample[]): number | undefined {
  const best = [...samples].sort((a, b) => roundTripMs(a) - roundTripMs(b))[0];
  return best === undefined ? undefined : offsetMs(best);
}

const offsetMs = (sample: ClockSample): number => sample.serverAtMs - (sample.sentAtMs + sample.receivedAtMs) / 2;
const roundTripMs = (sample: ClockSample): number => sample.receivedAtMs - sample.sentAtMs;

/** Servers of one county are not on the same millisecond. */
const apartMs = 100;
/** Whether two answers can be of one clock: a box that slept did not count meanwhile, and what it knew before is wrong. */
const agree = (a: ClockSample, b: ClockSample): boolean =>
  Math.abs(offsetMs(a) - offsetMs(b)) <= (roundTripMs(a) + roundTripMs(b)) / 2 + apartMs;

/** The server's time in the browser: boxes wake up in 1970, so `Date` is only the guess until the first sample. */
export interface ServerClock {
  /** UTC ms. */
  readonly nowMs: () => number;
  readonly observe: (sample: ClockSample) => void;
}

/** A reply that carries the server's time. */
interface Timed {
  readonly serverAtMs: number;
}

const kept = 8;

/** Makes a clock from the browser's own monotonic time, in the units of `performance.now()`. */
export function createServerClock(): ServerClock {
  let samples: readonly ClockSample[] = [];
  let aheadMs = Date.now() - performance.now();
  return {
    nowMs: () => performance.now() + aheadMs,
    observe: (sample) => {
      samples = [...samples.filter((known) => agree(known, sample)), sample].slice(-kept);
      aheadMs = serverOffsetMs(samples) ?? aheadMs;
    },
  };
}

/** Calls something whose reply carries the server's time, and sets the clock by it. */
export async function observed<T extends Timed>(clock: ServerClock, request: () => Promise<T>): Promise<T> {
  const sentAtMs = performance.now();
  const reply = await request();
  clock.observe({ sentAtMs, receivedAtMs: performance.now(), serverAtMs: reply.serverAtMs });
  return reply;
}

/** The server is asked about instants of 12 digits and more; a box that wakes up in 1970 is taken for one of 2001. */
const earliestMs = 1_000_000_000_000;
const closeMs = 30_000;

/** Asks about the present instant, and once more where the reply shows that the clock was wrong about it. */
export async function askAboutNow<T extends Timed>(
  clock: ServerClock,
  request: (nowMs: number) => Promise<T>,
): Promise<T> {
  const assumedMs = clock.nowMs();
  const reply = await observed(clock, () => request(Math.max(earliestMs, assumedMs)));
  return Math.abs(reply.serverAtMs - assumedMs) < closeMs ? reply : observed(clock, () => request(clock.nowMs()));
}
