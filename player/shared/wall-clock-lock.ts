/** What the lock sees at one instant. */
export interface LockReading {
  /** Position of the picture minus the wall clock, in ms: negative when the picture is late. */
  readonly errorMs: number;
  /** How much is buffered ahead of the playhead, in ms. */
  readonly bufferedAheadMs: number;
  /** Instant of the reading on any clock that never jumps, in ms. */
  readonly atMs: number;
}

/** What the lock remembers between readings. */
export interface LockMemory {
  /** When it last jumped; absent before the first jump. */
  readonly jumpedAtMs?: number;
  /** How long it waits after that jump before it may jump again, in ms. */
  readonly patienceMs: number;
}

/** What to do now: the playback rate, and a jump in ms (positive: forward) where the rate alone would take too long. */
export interface LockStep {
  readonly rate: number;
  readonly jumpMs?: number;
  readonly memory: LockMemory;
}

/** Closer than this nobody sees or hears a difference: about half a frame. */
const deadBandMs = 20;
const jumpBeyondMs = 500;
const maxRateChange = 0.03;
/** Rate change per second of error: 3 % is reached at 150 ms. */
const gainPerSecond = 0.2;
const shortestPatienceMs = 4_000;
const longestPatienceMs = 60_000;
/** A jump lands with at least this much buffered, so that it does not stall at once. */
const landingMs = 800;
/** So late that even a jump into what is not yet loaded is better. */
const hopelesslyLateMs = 10_000;

/** The memory of a lock that has not jumped yet. */
export const freshLock: LockMemory = { patienceMs: shortestPatienceMs };

/**
 * Keeps the picture on the wall clock (house-profile.md 4): rate 1 ± 3 %, a jump beyond 0.5 s. Jumps that follow each other
 * closely wait longer and longer, so that a thin link ends a little late instead of seeking for ever.
 */
export function stepLock(memory: LockMemory, reading: LockReading): LockStep {
  const { errorMs } = reading;
  const late = Math.abs(errorMs);
  if (late <= deadBandMs) return { rate: 1, memory };
  const rate = 1 - clamp((errorMs / 1000) * gainPerSecond, maxRateChange);
  if (late <= jumpBeyondMs || !mayJump(memory, reading)) return { rate, memory };
  return { rate: 1, jumpMs: -errorMs, memory: afterJump(memory, reading.atMs) };
}

function mayJump(memory: LockMemory, { errorMs, bufferedAheadMs, atMs }: LockReading): boolean {
  if (memory.jumpedAtMs !== undefined && atMs - memory.jumpedAtMs < memory.patienceMs) return false;
  return errorMs > 0 || -errorMs + landingMs <= bufferedAheadMs || -errorMs > hopelesslyLateMs;
}

function afterJump(memory: LockMemory, atMs: number): LockMemory {
  const soon = memory.jumpedAtMs !== undefined && atMs - memory.jumpedAtMs < 4 * memory.patienceMs;
  return {
    jumpedAtMs: atMs,
    patienceMs: soon ? Math.min(longestPatienceMs, memory.patienceMs * 2) : shortestPatienceMs,
  };
}

const clamp = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value));
