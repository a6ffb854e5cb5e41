// Redis, database, server and worker under the product's own supervisor, without a slate or sample films. Ends in order on SIGTERM.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const built = resolve(import.meta.dirname, '../../../dist');
const from = (path) => import(pathToFileURL(resolve(built, path)).href);
const { parseSettings } = await from('media/contract/settings.js');
const { embeddedPlaces } = await from('server/database/socket-paths.js');
const { endWith } = await from('server/process/end-with.js');
const { makeLogger } = await from('server/process/logger.js');
const { supervise } = await from('server/supervisor/supervise.js');

const { settings, problems } = parseSettings(process.env);
if (problems !== undefined) throw new Error(problems.join('\n'));
const log = makeLogger(settings.LOG_LEVEL, 'supervisor');
const dataDir = resolve(settings.DATA_DIR);
const places = { built, dataDir, ...embeddedPlaces(dataDir) };
const environment = { ...process.env, DATA_DIR: dataDir };
const supervision = await supervise({ settings, places, log, serverArgs: ['--demo'] }, environment);
endWith(log, supervision.stop);
