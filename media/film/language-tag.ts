import { z } from 'zod';

/** BCP 47, as far as playback addresses carry it. */
export const languageTagSchema = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'A language is a BCP 47 tag such as zh-CN.');
