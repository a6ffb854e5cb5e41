import express from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { expect, it } from 'vitest';
import { requestLog } from '../../../server/http/request-log.ts';

it('writes one line a request: a wait that was asked for is no warning, and no line has a stack of its own', async () => {
  const lines: { level: number; err?: unknown; res: { status: number } }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const app = express();
  app.use(requestLog(log, () => 0));
  app.get('/:status', ({ params }, response) => void response.status(Number(params.status)).end());
  for (const status of [200, 404, 503, 500]) await request(app).get(`/${status}`);
  expect(lines.map(({ level, res }) => [res.status, level])).toEqual([
    [200, 30],
    [404, 30],
    [503, 30],
    [500, 40],
  ]);
  expect(lines.filter(({ err }) => err !== undefined)).toEqual([]);
});
