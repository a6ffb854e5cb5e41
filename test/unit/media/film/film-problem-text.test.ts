import { describe, expect, it } from 'vitest';
import { filmProblemCauses, type FilmProblemCause } from '../../../../media/film/film-problem-causes.ts';
import { filmProblemSchema } from '../../../../media/contract/transcode-job.ts';
import {
  failureText,
  filmProblem,
  filmProblems,
  problemOfFailure,
  translateProblem,
  type FilmProblemCode,
  type FilmTrouble,
} from '../../../../media/film/film-problem-text.ts';

const codes = Object.keys(filmProblems) as FilmProblemCode[];
const troubles: readonly FilmTrouble[] = [...codes, ...(Object.keys(filmProblemCauses) as FilmProblemCause[])];

describe('problems in words', () => {
  it('has a sentence and a cure for every cause in both languages', () => {
    for (const trouble of troubles) {
      const values = { reason: '画面 picture', by: 'Li', detail: '画面' };
      const [chinese, english] = [filmProblem(trouble, values), filmProblem(trouble, values, 'en')];
      expect(filmProblemSchema.parse(chinese)).toEqual(chinese);
      expect(chinese.message).toMatch(/[\u4e00-\u9fff]/);
      expect(english.message).toMatch(/^[A-Z][^{}]*$/);
      expect(english.cure).toMatch(/^[A-Z][^{}]*$/);
      expect(english.message).not.toMatch(/undefined/);
      expect(codes).toContain(chinese.code);
    }
  });

  it('says the very cause below a code in either language, all of them differently', () => {
    const problem = filmProblem('damaged/cut_short', { haveSeconds: 10, declaredSeconds: 20 });
    expect(problem).toMatchObject({ code: 'damaged', values: { cause: 'cut_short' } });
    expect(translateProblem(problem, 'en').message).toBe('The file is not whole: it has 10 of 20 seconds.');
    expect(translateProblem(translateProblem(problem, 'en'), 'zh')).toEqual(problem);
    expect(translateProblem({ ...problem, values: { cause: 'of a later version' } }, 'en').code).toBe('damaged');
    expect(new Set(troubles.map((trouble) => filmProblem(trouble).message)).size).toBe(troubles.length);
    expect(troubles.length).toBeGreaterThan(50);
  });

  it('puts numbers into the sentence and keeps them for the other language', () => {
    const problem = filmProblem('too_many_pixels', { width: 16_384, height: 8640 });
    expect(problem.message).toBe('画面太大（16384×8640）。');
    expect(translateProblem(problem, 'en').message).toBe('The picture is too large (16384x8640).');
    expect(translateProblem({ code: 'unheard_of', message: '重拍', cure: '' }, 'en').message).toBe('重拍');
  });

  it('reads why a job failed', () => {
    expect(problemOfFailure(failureText('no_space')).code).toBe('no_space');
    expect(problemOfFailure(failureText('verify_failed', { finding: 'a {b} c' })).values).toEqual({
      finding: 'a {b} c',
    });
    expect(problemOfFailure('job stalled more than allowable limit').code).toBe('worker_crashed');
    expect(problemOfFailure('Cannot read properties of undefined').code).toBe('encoder_failed');
    expect(problemOfFailure('no_space {broken').code).toBe('no_space');
    expect(problemOfFailure(failureText('encoder_failed/crashed', { signal: 'SIGSEGV' }))).toEqual(
      filmProblem('encoder_failed/crashed', { signal: 'SIGSEGV' }),
    );
  });
});
