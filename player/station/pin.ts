import { remember, remembered } from '../shared/remembered.ts';

/** Until an operator sets another one. It keeps children out of the settings, nobody else: it is kept as it is. */
export const firstPin = '0000';
export const pinLength = 4;

const kept = (): string => remembered('pin') ?? firstPin;

/** Whether these digits open the settings. */
export const isPin = (digits: string): boolean => digits === kept();

/** Keeps another PIN. */
export const setPin = (digits: string): void => remember('pin', digits);
