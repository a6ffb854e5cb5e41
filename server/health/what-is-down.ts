import type { ReadinessCheck } from '../surroundings.ts';

const longestMs = 2000;

/** Asks every check at once, 2 s at most; names what is down and why. */
export async function whatIsDown(
  checks: ReadonlyMap<string, ReadinessCheck>,
): Promise<readonly { readonly name: string; readonly reason: string }[]> {
  const asked = await Promise.all(
    [...checks].map(async ([name, check]) => ({ name, reason: await Promise.race([ask(check), inTime()]) })),
  );
  return asked.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ name, reason }]));
}

const ask = (check: ReadinessCheck): Promise<string | undefined> =>
  check().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));

const inTime = (): Promise<string> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(`It did not answer within ${longestMs} ms.`), longestMs).unref();
  });
