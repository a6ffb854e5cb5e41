import type { Category } from '../../media/contract/places.ts';

/** What a new county begins with, from the owner's documents; the county may change all of it. */
export const presetCategories: readonly Category[] = [
  { code: 'theory', name: '政治理论', reviewsNeeded: 1 },
  { code: 'technique', name: '实用技术', reviewsNeeded: 1 },
  { code: 'wealth', name: '致富向导', reviewsNeeded: 1 },
  { code: 'policy', name: '政策法规', reviewsNeeded: 1 },
  { code: 'models', name: '先进典型', reviewsNeeded: 1 },
  { code: 'market', name: '市场信息', reviewsNeeded: 1 },
  { code: 'culture', name: '文化生活', reviewsNeeded: 1 },
  { code: 'health', name: '健康安全', reviewsNeeded: 1 },
  { code: 'notice', name: '公示通知', reviewsNeeded: 1 },
];
