import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../player/shared/api-error.ts';
import { absenceOf, askForUrl } from '../../../../player/shared/ask-for-url.ts';

const refusal = (status: number, code: string) => new ApiError({ status, code, detail: 'x' });
const hour = 3_600_000;

/** Asks for an hour; the first answers are the given ones, later ones the last. */
async function asked(patience: 'endless' | 'until-refused', ...answers: readonly (Error | 'found')[]) {
  let calls = 0;
  const said: string[] = [];
  const stop = askForUrl({
    load: () => {
      const answer = answers[Math.min(calls, answers.length - 1)] ?? 'found';
      calls += 1;
      return answer === 'found' ? Promise.resolve({ url: '/p', expiresAtMs: 0 }) : Promise.reject(answer);
    },
    patience,
    onFound: ({ url }) => said.push(url),
    onAbsent: (absence) => said.push(absence),
  });
  await vi.advanceTimersByTimeAsync(hour);
  stop();
  return { calls, said };
}

describe('asking for a picture', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells a lost network, a server that starts, a closed door and a missing thing apart', () => {
    expect(absenceOf(refusal(0, 'network'))).toBe('unreachable');
    expect(absenceOf(refusal(502, 'unknown'))).toBe('unreachable');
    expect(absenceOf(new TypeError('Failed to fetch'))).toBe('unreachable');
    expect(absenceOf(refusal(503, 'starting'))).toBe('preparing');
    expect(absenceOf(refusal(409, 'not_ready'))).toBe('preparing');
    expect(absenceOf(refusal(401, 'sign_in'))).toBe('closed');
    expect(absenceOf(refusal(404, 'not_found'))).toBe('gone');
    expect(absenceOf(refusal(410, 'withdrawn'))).toBe('gone');
  });

  it('goes on until the server is back, and then stops asking', async () => {
    const { calls, said } = await asked('until-refused', refusal(0, 'network'), refusal(503, 'starting'), 'found');
    expect(said).toEqual(['unreachable', 'preparing', '/p']);
    expect(calls).toBe(3);
  });

  it('gives up on a film that is gone, never on a channel', async () => {
    expect(await asked('until-refused', refusal(404, 'not_found'))).toEqual({ calls: 1, said: ['gone'] });
    expect((await asked('endless', refusal(404, 'not_found'))).calls).toBeGreaterThan(100);
  });

  it('neither asks nor tells after its end', async () => {
    const said: string[] = [];
    let calls = 0;
    const load = () => {
      calls += 1;
      return Promise.reject(refusal(0, 'network'));
    };
    const note = (what: unknown) => said.push(String(what));
    askForUrl({ load, patience: 'endless', onFound: note, onAbsent: note })();
    await vi.advanceTimersByTimeAsync(hour);
    expect({ calls, said }).toEqual({ calls: 1, said: [] });
  });
});
