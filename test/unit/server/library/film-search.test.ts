import { describe, expect, it } from 'vitest';
import { foldText, gramsOf, matchesSearch, queryGrams, searchFields } from '../../../../server/library/film-search.ts';

const finds = (title: string, query: string): boolean => {
  const { searchText, grams } = searchFields(title);
  const folded = foldText(query);
  return queryGrams(folded).every((gram) => grams.includes(gram)) && matchesSearch(searchText, folded);
};

describe('search of titles', () => {
  it.each([
    ['水稻育秧要点', '育秧'],
    ['水稻育秧要点', '稻'],
    ['水稻育秧要点', 'shuidao'],
    ['水稻育秧要点', 'yuyang yaodian'],
    ['水稻育秧要点', 'SDYY'],
    ['水稻育秧要点', 'ＳＤＹＹ'],
    ['水稻育秧要点', '7399'],
    ['第3讲 水稻育秧', '3573'],
    ['重庆火锅', 'chongqing'],
    ['重庆火锅', 'zhongqing'],
    ['银行服务', 'yinhang'],
    ['银行服务', 'yinxing'],
    ['种植行业', 'zzhy'],
    ['种植行业', 'zzxy'],
    ['4K 梯田春色', '4k梯田'],
    ['Raising rice seedlings', 'rice seed'],
    ['西安的故事', "xi'an"],
    ['𠮷野家 😀', '😀'],
  ])('finds %s by %s', (title, query) => {
    expect(finds(title, query)).toBe(true);
  });

  it.each([
    ['水稻育秧要点', '小麦'],
    ['水稻育秧要点', 'sdyyydx'],
    ['水稻育秧要点', '水育'],
    ['水稻育秧要点', '7398'],
    ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '.*(a+)+$'],
    ['一点', '.'],
  ])('does not find %s by %s', (title, query) => {
    expect(finds(title, query)).toBe(false);
  });

  it('keeps the readings of the longest title within some thousand index entries', () => {
    expect(searchFields('行'.repeat(100)).grams.length).toBeLessThan(4000);
    expect(searchFields('长'.repeat(50) + '重'.repeat(50)).searchText.length).toBeLessThan(200_000);
  });

  it('gives every run of one to three characters once', () => {
    expect([...gramsOf('abab')]).toEqual(['a', 'ab', 'aba', 'b', 'ba', 'bab']);
    expect(queryGrams('abab')).toEqual(['aba', 'bab']);
    expect(queryGrams('a')).toEqual(['a']);
    expect(queryGrams('')).toEqual([]);
  });

  it('reads the usual way first', () => {
    expect(searchFields('重庆').searchText.split('\n').slice(0, 3)).toEqual(['重庆', 'chongqing', 'cq']);
  });
});
