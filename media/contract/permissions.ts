import { z } from 'zod';

/** What a person may be, by place and function. `station` is a machine; `member` reads only. */
export const roles = ['admin', 'producer', 'reviewer', 'scheduler', 'township', 'station', 'member'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/**
 * How far a permission reaches: `all` within the role's place and below, `township` the same (the role sits at a township),
 * `own` things that the caller made, `station` its own station, `second` allowed, but a second, distinct person must confirm.
 */
export type Reach = 'all' | 'township' | 'own' | 'station' | 'second';

type Row = Readonly<Partial<Record<Role | 'anonymous', Reach>>>;

const everyone: Row = {
  admin: 'all',
  producer: 'all',
  reviewer: 'all',
  scheduler: 'all',
  township: 'all',
  station: 'all',
  member: 'all',
  anonymous: 'all',
};

/** The permission matrix (security notes, section 8): who is not named in a row may not. Missing role 403, foreign object 404. */
export const permissions = {
  'view-board': everyone,
  'play-live': everyone,
  'play-film': everyone,
  'browse-library': everyone,
  'download-film': { admin: 'all', producer: 'all', reviewer: 'all', scheduler: 'all', township: 'all' },
  'preview-film': { admin: 'all', producer: 'own', reviewer: 'all', township: 'own' },
  'upload-film': { admin: 'all', producer: 'own', township: 'own' },
  'edit-film': { admin: 'all', producer: 'own', reviewer: 'all', township: 'own' },
  'delete-film': { admin: 'all', producer: 'own', township: 'own' },
  'review-film': { admin: 'second', reviewer: 'all', township: 'township' },
  'feature-film': { admin: 'all', reviewer: 'all', scheduler: 'all' },
  'withdraw-film': { admin: 'all', reviewer: 'all', scheduler: 'all' },
  'retry-encode': { admin: 'all', producer: 'own', township: 'own' },
  'read-queue': { admin: 'all', reviewer: 'all', scheduler: 'all' },
  'manage-queue': { admin: 'all' },
  'read-plans': { admin: 'all', producer: 'all', reviewer: 'all', scheduler: 'all', township: 'township' },
  'edit-plan': { admin: 'all', scheduler: 'all', township: 'township' },
  'edit-day-templates': { admin: 'all', scheduler: 'all' },
  'approve-plan': { admin: 'second', reviewer: 'second' },
  'publish-plan': { admin: 'all', reviewer: 'all', scheduler: 'all' },
  'cut-channel': { admin: 'all', reviewer: 'all', scheduler: 'all', township: 'township' },
  'end-cut': { admin: 'second', reviewer: 'second', scheduler: 'second' },
  'insert-film': { admin: 'all', reviewer: 'all', scheduler: 'all' },
  'read-as-run': { admin: 'all', producer: 'all', reviewer: 'all', scheduler: 'all', township: 'township' },
  'read-alarms': { admin: 'all', producer: 'all', reviewer: 'all', scheduler: 'all', township: 'all' },
  'rehearse-channel': { admin: 'all', reviewer: 'all', scheduler: 'all' },
  'manage-channels': { admin: 'all' },
  'manage-categories': { admin: 'all' },
  'manage-places': { admin: 'all', township: 'township' },
  'manage-users': { admin: 'all', township: 'township' },
  'manage-settings': { admin: 'all' },
  'manage-own-sessions': {
    admin: 'own',
    producer: 'own',
    reviewer: 'own',
    scheduler: 'own',
    township: 'own',
    member: 'own',
  },
  'end-sessions': { admin: 'all' },
  'read-audit': { admin: 'all', reviewer: 'all' },
  'read-metrics': { admin: 'all', scheduler: 'all' },
} as const satisfies Readonly<Record<string, Row>>;

export type Action = keyof typeof permissions;

/** Code of the one county place; every other place lies below it. */
export const countyCode = 'county';

const ofTheCounty: ReadonlySet<Action> = new Set<Action>([
  'feature-film',
  'manage-channels',
  'manage-categories',
  'edit-day-templates',
  'manage-settings',
  'read-queue',
  'manage-queue',
  'read-audit',
  'read-metrics',
]);

/** Says whether an action is about the whole county and no place in it: roles that sit at a township do not give it. */
export const isOfTheCounty = (action: Action): boolean => ofTheCounty.has(action);

/** How far a role reaches for an action; undefined where it may not at all. */
export const reachOf = (action: Action, role: Role | 'anonymous'): Reach | undefined => {
  const row: Row = permissions[action];
  return row[role];
};
