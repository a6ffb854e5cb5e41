import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';
import type { Id } from '../../media/contract/ids.ts';
import { AppError } from '../errors.ts';
import type { SignedIn } from '../http/caller.ts';
import type { Listener } from '../http/event-stream.ts';
import type { Change, LoggedChange, NewsLog } from './news-log.ts';
import type { Hearing } from './who-hears.ts';

/** Tells consoles what changed, whichever replica changed it. */
export interface NewsDesk {
  /** Takes a change of this replica; what changes again within a moment is told once. */
  readonly tell: (change: Change) => void;
  /** Adds somebody: they hear what came behind `after`, or that they must read all again, and every change from then on. Gives the way out. */
  readonly join: (caller: SignedIn, after: string | undefined, listener: Listener) => () => void;
  /** Throws 429 where this person has many streams open, 503 where this server has. */
  readonly requireRoom: (caller: SignedIn) => void;
  /** Ends the streams of sessions that ended, and learns what the others may see now. */
  readonly lookAgain: () => Promise<void>;
  /** Begins to share changes with other replicas; until then, and while Redis is away, they are told here only. */
  readonly follow: (log: NewsLog, until: Following) => Promise<void>;
  /** Says to all that some changes may have been missed. */
  readonly tellAll: () => void;
  /** Ends every stream, so that a server that stops is not held up. */
  readonly close: () => void;
}

export interface Following {
  /** Called once, when nothing more is missed. */
  readonly onBegun: () => void;
  readonly isOver: () => boolean;
}

export interface DeskParts {
  readonly whoHears: (change: Change) => Promise<Hearing>;
  /** The caller of a session as it is now; undefined once it ended. */
  readonly stillSignedIn: (caller: SignedIn) => Promise<SignedIn | undefined>;
  readonly log: Logger;
  readonly metrics: Registry;
}

const mostOfOne = 8;
const mostOfAll = 2000;
/** Changes are collected this long: a film that is saved three times is one change. */
const collectMs = 200;
/** Who missed more than this reads everything again, which is cheaper. */
const mostReplayed = 200;
const againMs = 1000;

interface Seat {
  caller: SignedIn;
  readonly listener: Listener;
}

export function newsDesk({ whoHears, stillSignedIn, log, metrics }: DeskParts): NewsDesk {
  const seats = new Set<Seat>();
  /** Streams that were let in and do not hear yet. */
  const entering = new Set<Seat>();
  const collected = new Map<string, Change>();
  let shared: NewsLog | undefined;
  let end: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  /** One after the other, so that nobody hears a later change before an earlier one. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work).catch((error: unknown) => log.warn({ err: error }, 'some news could not be told'));
    return turn;
  };
  const all = (): Seat[] => [...seats, ...entering];
  const drop = (seat: Seat): void => {
    seats.delete(seat);
    entering.delete(seat);
  };
  new Gauge({
    name: 'yuanbo_news_listeners',
    help: 'Consoles that this server tells of changes.',
    registers: [metrics],
    collect() {
      this.set(all().length);
    },
  });

  const tellChange = async (to: Iterable<Seat>, { at, change }: Partial<LoggedChange> & { change: Change }) => {
    const hearing = await whoHears(change);
    for (const { caller, listener } of to) {
      const data = await hearing(caller);
      if (data !== undefined) listener.send({ ...(at === undefined ? {} : { id: at }), name: 'changed', data });
    }
  };
  const sayAll = ({ listener }: Seat): void =>
    listener.send({ ...(end === undefined ? {} : { id: end }), name: 'all', data: {} });
  const hear = async (entry: Partial<LoggedChange> & { change: Change }): Promise<void> => {
    end = entry.at ?? end;
    if (entry.change.noun === 'session' || entry.change.noun === 'user') await lookAgain();
    if (seats.size > 0) await tellChange(seats, entry);
  };
  const lookAgain = async (): Promise<void> => {
    for (const seat of all()) {
      const now = await stillSignedIn(seat.caller);
      if (now !== undefined) seat.caller = now;
      else {
        drop(seat);
        seat.listener.end();
      }
    }
  };
  const replay = async (seat: Seat, after: string | undefined): Promise<void> => {
    const missed = after === undefined ? undefined : await shared?.after(after).catch(() => undefined);
    if (missed === undefined || missed.length > mostReplayed) {
      sayAll(seat);
      return;
    }
    const last = new Map(missed.map((entry) => [keyOf(entry.change), entry]));
    for (const entry of last.values()) await tellChange([seat], entry);
  };
  const flush = async (): Promise<void> => {
    const changes = [...collected.values()];
    collected.clear();
    timer = undefined;
    for (const change of changes) {
      // What is shared comes back to this replica too, in the order of all.
      const isShared =
        (await shared?.add(change).then(
          () => true,
          () => false,
        )) ?? false;
      if (!isShared) await inTurn(() => hear({ change }));
    }
  };
  return {
    tell: (change) => {
      collected.set(keyOf(change), change);
      timer ??= setTimeout(() => void flush(), collectMs).unref();
    },
    join: (caller, after, listener) => {
      const seat: Seat = { caller, listener };
      entering.add(seat);
      void inTurn(async () => {
        if (!entering.has(seat)) return;
        await replay(seat, after);
        if (entering.delete(seat)) seats.add(seat);
      });
      return () => drop(seat);
    },
    requireRoom: ({ id }) => {
      const here = all();
      if (here.length >= mostOfAll) {
        throw new AppError('starting', 'This server tells as many people as it can. Try another one.', {
          retryAfterS: 30,
        });
      }
      if (here.filter((seat) => isOf(seat, id)).length < mostOfOne) return;
      throw new AppError('too_many_requests', `${mostOfOne} of your windows listen already. Close one.`, {
        retryAfterS: 30,
      });
    },
    lookAgain: () => inTurn(lookAgain),
    follow: async (shareable, { onBegun, isOver }) => {
      let at: string | undefined;
      while (!isOver()) {
        try {
          if (at === undefined) {
            at = await shareable.end();
            end = at;
            shared = shareable;
            onBegun();
          }
          for (const entry of await shareable.wait(at)) {
            at = entry.at;
            void inTurn(() => hear(entry));
          }
        } catch {
          // Redis is away, which its connection has said.
          await new Promise((resolve) => setTimeout(resolve, againMs).unref());
        }
      }
    },
    tellAll: () =>
      void inTurn(() => {
        for (const seat of seats) sayAll(seat);
        return Promise.resolve();
      }),
    close: () => {
      clearTimeout(timer);
      for (const { listener } of all()) listener.end();
    },
  };
}

const keyOf = ({ noun, id = '' }: Change): string => `${noun}/${id}`;
const isOf = (seat: Seat, id: Id): boolean => seat.caller.id === id;
