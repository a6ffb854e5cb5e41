import { createStore } from './store.ts';

/** Whether the server tells this page at once what changed. */
export const newsLine = createStore(false);

/** Whoever is told need not ask; what the line may have missed is found all the same. */
const toldMs = 15_000;

/** How long a screen waits before it asks again what it would also be told. */
export const askAgainMs = (ms: number): number => (newsLine.get() ? Math.max(ms, toldMs) : ms);
