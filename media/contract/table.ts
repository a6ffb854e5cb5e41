import { accounts } from './accounts.ts';
import { alarms } from './alarms.ts';
import { audit } from './audit.ts';
import { channels } from './channels.ts';
import { dayTemplates } from './day-templates.ts';
import { duty } from './duty.ts';
import { filmUses } from './film-uses.ts';
import { filmVersions } from './film-versions.ts';
import { installation } from './installation.ts';
import { library } from './library.ts';
import { news } from './news.ts';
import { notices } from './notices.ts';
import { places } from './places.ts';
import { planVersions } from './plan-versions.ts';
import { planning } from './planning.ts';
import { posters } from './posters.ts';
import { quality } from './quality.ts';
import { queue } from './queue.ts';
import { rehearsal } from './rehearsal.ts';
import { seasons } from './seasons.ts';
import { sheet } from './sheet.ts';
import { skips } from './skips.ts';
import { status } from './status.ts';
import { tracks } from './tracks.ts';

/** Every endpoint of the product but four that have their own protocol: tus, media files, health and metrics (contract.md). */
export const contract = {
  ...accounts,
  ...audit,
  ...installation,
  ...places,
  ...library,
  ...tracks,
  ...posters,
  ...filmVersions,
  ...filmUses,
  ...queue,
  ...quality,
  ...channels,
  ...duty,
  ...alarms,
  ...planning,
  ...planVersions,
  ...rehearsal,
  ...dayTemplates,
  ...seasons,
  ...sheet,
  ...skips,
  ...notices,
  ...news,
  ...status,
};
export type EndpointName = keyof typeof contract;
