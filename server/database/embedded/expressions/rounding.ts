/** Digits of a number's exact decimal value, as toFixed gives them; no double needs more to show a tie. */
const manyPlaces = 80;

/** Rounds half to even at a decimal place; a negative place rounds tens, hundreds ... (MongoDB manual, `$round`). */
export function roundTo(value: number, place: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return value;
  return place < 0 ? roundWhole(value, 10 ** -place) : roundFraction(value, place);
}

function roundFraction(value: number, place: number): number {
  const digits = Math.abs(value).toFixed(manyPlaces);
  const cut = digits.indexOf('.') + 1 + place;
  const [kept, rest] = [digits.slice(0, cut), digits.slice(cut)];
  const lastDigit = Number(kept.replace('.', '').slice(-1));
  const up = rest > `5${'0'.repeat(rest.length - 1)}` || (/^50*$/.test(rest) && lastDigit % 2 === 1);
  const scaled = BigInt(kept.replace('.', '')) + (up ? 1n : 0n);
  return Math.sign(value) * Number(`${String(scaled)}e-${place}`);
}

function roundWhole(value: number, unit: number): number {
  const size = Math.abs(value);
  const below = Math.floor(size / unit);
  const rest = size - below * unit;
  const up = rest * 2 > unit || (rest * 2 === unit && below % 2 === 1);
  return Math.sign(value) * (below + (up ? 1 : 0)) * unit;
}

/** Cuts a number off at a decimal place; a negative place cuts tens, hundreds ... (MongoDB manual, `$trunc`). */
export function truncateTo(value: number, place: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return value;
  if (place < 0) return Math.trunc(value / 10 ** -place) * 10 ** -place;
  const digits = value.toFixed(manyPlaces);
  return Number(digits.slice(0, digits.indexOf('.') + 1 + place));
}
