import { describe, expect, it } from 'vitest';
import { filmStatus, isMoving } from '../../../../player/console/films/film-status.ts';
import { films as en } from '../../../../player/console/words/en/films.ts';
import { films as zh } from '../../../../player/console/words/zh/films.ts';
import { filmProblem } from '../../../../media/film/film-problem-text.ts';
import { filmStates } from '../../../../media/film/film-state.ts';

describe('the state of a film in plain words', () => {
  it('says how many films are made before it', () => {
    expect(filmStatus({ state: 'queued', waitingBehind: 2 }, zh, 'zh').text).toBe('前面还有 2 部在制作');
    expect(filmStatus({ state: 'queued', waitingBehind: 0 }, zh, 'zh').text).toBe('下一部就制作');
    // It was looked at and planned, and others are before it all the same.
    expect(filmStatus({ state: 'encoding', waitingBehind: 1 }, zh, 'zh').text).toBe('前面还有 1 部在制作');
  });

  it('says how far it is and how long it will take', () => {
    const progress = { phase: 'encoding', ratio: 0.345, etaMs: 330_000 } as const;
    expect(filmStatus({ state: 'encoding', progress }, zh, 'zh')).toEqual({
      tone: 'moving',
      text: '正在制作 34%，大约还要 6 分钟',
      ratio: 0.345,
    });
    expect(filmStatus({ state: 'encoding', progress }, en, 'en').text).toBe('Encoding 34 %, about 6 min left');
    const told = { state: 'encoding', progress: { ...progress, speed: 1.84 } } as const;
    expect(filmStatus(told, zh, 'zh').text).toBe('正在制作 34%，1.8 倍速，大约还要 6 分钟');
    expect(filmStatus(told, en, 'en').text).toBe('Encoding 34 %, 1.8× speed, about 6 min left');
  });

  it('does not call what is nearly done about less than a minute', () => {
    const progress = { phase: 'encoding', ratio: 0.9, etaMs: 20_000 } as const;
    expect(filmStatus({ state: 'encoding', progress }, zh, 'zh').text).toBe('正在制作 90%，还要不到 1 分钟');
    expect(filmStatus({ state: 'encoding', progress }, en, 'en').text).toBe('Encoding 90 %, less than a minute left');
  });

  it('says that somebody holds it, and how far it is', () => {
    const progress = { phase: 'encoding', ratio: 0.5 } as const;
    expect(filmStatus({ state: 'encoding', paused: true, progress }, zh, 'zh')).toEqual({
      tone: 'quiet',
      text: '制作已暂停，点“继续制作”后接着做',
      ratio: 0.5,
    });
  });

  it('makes no figure up before the first one comes', () => {
    expect(filmStatus({ state: 'encoding' }, zh, 'zh')).toEqual({ tone: 'moving', text: '马上开始制作' });
  });

  it('says why it was refused and what to do, in the language of the page', () => {
    const problem = filmProblem('no_video');
    expect(filmStatus({ state: 'refused', problem }, zh, 'zh').text).toBe('文件里没有画面。');
    expect(filmStatus({ state: 'refused', problem }, en, 'en')).toMatchObject({
      text: 'The file has no picture track.',
      cure: 'Upload a film with pictures; combine plain sound with a still picture first.',
    });
  });

  it('keeps the reviewer’s own words', () => {
    const problem = filmProblem('returned', { by: '李审核', reason: '片头有错字' });
    expect(filmStatus({ state: 'refused', problem }, zh, 'zh').text).toBe('李审核退回了影片：片头有错字');
    expect(filmStatus({ state: 'refused', problem }, en, 'en').text).toContain('片头有错字');
  });

  it('says who withdrew it and why', () => {
    const problem = filmProblem('withdrawn', { by: '赵编排', reason: '内容过时' });
    expect(filmStatus({ state: 'withdrawn', problem }, zh, 'zh')).toMatchObject({
      tone: 'quiet',
      text: '赵编排撤回了影片：内容过时',
    });
    expect(filmStatus({ state: 'withdrawn' }, zh, 'zh').text).toBe('已撤回，不能播出');
  });

  it('counts what arrived while it is sent', () => {
    expect(filmStatus({ state: 'uploading', receivedBytes: 999, sourceBytes: 1000 }, zh, 'zh').text).toContain('99%');
    expect(filmStatus({ state: 'uploading', sourceBytes: 0, receivedBytes: 0 }, zh, 'zh').text).toBe('正在上传');
  });

  it('has words for every state in both languages', () => {
    for (const state of filmStates) {
      expect(filmStatus({ state }, zh, 'zh').text).not.toBe('');
      expect(filmStatus({ state }, en, 'en').text).not.toBe('');
    }
  });

  it('looks again only while something moves', () => {
    expect(filmStates.filter((state) => isMoving({ state }))).toEqual([
      'uploading',
      'probing',
      'queued',
      'encoding',
      'checking',
    ]);
  });
});
