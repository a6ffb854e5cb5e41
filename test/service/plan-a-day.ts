import request from 'supertest';
import type { Express } from 'express';
import type { Plan } from '../../media/contract/planning.ts';
import type { TestPerson } from './start-app.ts';

/** Who makes, approves and publishes. */
export interface Office {
  readonly scheduler: TestPerson;
  readonly reviewer: TestPerson;
}

/** What a plan is made of; items as clients send them. */
export interface DayPlan {
  readonly channel?: string;
  readonly from: string;
  readonly to: string;
  readonly items: readonly object[];
}

/** Makes a plan through the API and brings it as far as approval. */
export async function approvedPlan(app: Express, office: Office, day: DayPlan): Promise<Plan> {
  const { channel = 'county', from, to, items } = day;
  const made = await request(app).post('/api/plans').set(office.scheduler.headers).send({ channel, from, to });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const path = `/api/plans/${String(made.body.id)}`;
  const filled = await request(app)
    .put(`${path}/items`)
    .set(office.scheduler.headers)
    .set('If-Match', String(made.headers['etag']))
    .send({ items });
  if (filled.status !== 200) throw new Error(JSON.stringify(filled.body));
  const submitted = await request(app).post(`${path}/submit`).set(office.scheduler.headers).send({});
  if (submitted.status !== 200) throw new Error(JSON.stringify(submitted.body));
  const approved = await request(app).post(`${path}/approve`).set(office.reviewer.headers).send({});
  if (approved.status !== 200) throw new Error(JSON.stringify(approved.body));
  return approved.body as Plan;
}

/** Publishes an approved plan; answers the reply as it came. */
export const publish = (app: Express, office: Office, plan: Pick<Plan, 'id'>) =>
  request(app).post(`/api/plans/${plan.id}/publish`).set(office.scheduler.headers).send({});
