import { remember, remembered } from '../shared/remembered.ts';

/** Until an operator sets another one. It keeps children out of the settings, nobody else: it is kept as it is. */
const firstPin = '0000';
export const pinLength = 4;

const kept = (): string => remembered('pin') ?? firstPin;

/** The first PIN, for whoever opens the settings of a new box; undefined once another one was set. */
export const untouchedPin = (): string | undefined => (isPin(firstPin) ? firstPin : undefined);

/** Whether these digits open the settings. */
export const isPin = (digits: string): boolean => digits === kept();

/** Keeps another PIN. */
export const setPin = (digits: string): void => remember('pin', digits);
