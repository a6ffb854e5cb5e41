import { accountRoutes } from './accounts/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { channelRoutes } from './channels/routes.ts';
import { dayTemplateRoutes } from './day-templates/routes.ts';
import type { Handlers } from './http/serve.ts';
import { lifeRoutes } from './library/life-routes.ts';
import { posterRoutes } from './library/poster-routes.ts';
import { queueRoutes } from './library/queue-routes.ts';
import { libraryRoutes } from './library/routes.ts';
import { trackRoutes } from './library/track-routes.ts';
import { newsRoutes } from './news/routes.ts';
import { statusRoutes } from './health/status-routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import { alarmRoutes } from './onair/alarm-routes.ts';
import { asRunRoutes } from './onair/as-run-routes.ts';
import { dutyRoutes } from './onair/duty-routes.ts';
import { onAirRoutes } from './onair/routes.ts';
import type { Parts } from './parts.ts';
import { placeRoutes } from './places/routes.ts';
import { planningRoutes } from './planning/routes.ts';
import { sheetRoutes } from './planning/sheet-routes.ts';
import { versionRoutes } from './planning/version-routes.ts';
import { qualityRoutes } from './quality/routes.ts';
import { seasonRoutes } from './seasons/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { skipRoutes } from './skips/routes.ts';

/** Handlers of every noun for the contract table; each noun adds one line. */
export const everyHandler = (parts: Parts): Handlers => ({
  ...accountRoutes(parts),
  ...auditRoutes(parts),
  ...placeRoutes(parts),
  ...settingsRoutes(parts),
  ...channelRoutes(parts),
  ...libraryRoutes(parts),
  ...trackRoutes(parts),
  ...posterRoutes(parts),
  ...lifeRoutes(parts),
  ...queueRoutes(parts),
  ...onAirRoutes(parts),
  ...dutyRoutes(parts),
  ...alarmRoutes(parts),
  ...asRunRoutes(parts),
  ...noticeRoutes(parts),
  ...newsRoutes(parts),
  ...statusRoutes(parts),
  ...planningRoutes(parts),
  ...versionRoutes(parts),
  ...dayTemplateRoutes(parts),
  ...qualityRoutes(parts),
  ...seasonRoutes(parts),
  ...sheetRoutes(parts),
  ...skipRoutes(parts),
});
