import type { Routes } from '../http/serve.ts';
import { readStatus, type ReadStatusParts } from './read-status.ts';

export const statusRoutes = (parts: ReadStatusParts): Routes<'readStatus'> => ({
  readStatus: ({ atMs }) => readStatus(parts, atMs),
});
