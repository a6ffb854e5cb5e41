import type { FilmState } from './film-state.ts';

/** States of films as Chinese screens and findings call them. */
export const chineseFilmStates: Readonly<Record<FilmState, string>> = {
  uploading: '上传中',
  probing: '检查中',
  queued: '排队中',
  encoding: '制作中',
  checking: '核对中',
  review: '待审核',
  ready: '可以播出',
  refused: '未通过',
  failed: '制作失败',
  withdrawn: '已撤回',
};
