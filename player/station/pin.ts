import { remember, remembered } from '../shared/remembered.ts';

/** Opens the settings until an operator sets another one. It keeps children out, nobody else. */
export const firstPin = '0000';
export const pinLength = 4;

/**
 * Salt and digest: who looks at what the box keeps does not read the PIN. Plain http has no WebCrypto (stations notes, C32), and
 * ten thousand PINs are tried in a moment whatever the digest is.
 */
const sealed = (digits: string, salt: string): string => {
  let high = 0;
  let low = 0;
  for (let round = 0; round < 5000; round += 1) {
    for (const sign of (salt + digits).split('')) {
      // FNV-1a, twice, with a seed that tells the two apart.
      high = Math.imul(high ^ sign.charCodeAt(0), 0x01000193) ^ (low >>> 15);
      low = Math.imul(low ^ sign.charCodeAt(0), 0x85ebca6b) ^ (high >>> 13);
    }
  }
  return `${salt}.${(high >>> 0).toString(36)}${(low >>> 0).toString(36)}`;
};

/** Keeps another PIN. */
export const setPin = (digits: string): void => {
  remember('pin', sealed(digits, Math.random().toString(36).slice(2)));
};

/** What is kept; the plain PIN of an earlier version is sealed where it is met. */
function kept(): string | undefined {
  const pin = remembered('pin');
  if (pin !== undefined && pin.length === pinLength) setPin(pin);
  return remembered('pin');
}
kept();

/** Whether nobody set a PIN at this box yet. */
export const isPinUnset = (): boolean => kept() === undefined;

/** Whether these digits open the settings. */
export function isPin(digits: string): boolean {
  const pin = kept();
  // A box that is full still has the plain one.
  return digits === (pin ?? firstPin) || (pin !== undefined && sealed(digits, pin.split('.')[0] ?? '') === pin);
}
