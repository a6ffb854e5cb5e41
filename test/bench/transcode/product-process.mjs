// The whole product without its first slate: Redis, database, server and worker as `npm start` runs them, on DATA_DIR and PORT.
import { resolve } from 'node:path';
import { built, builtFolder } from '../origin/built.mjs';

const { parseSettings } = await built('media/contract/settings.js');
const { embeddedPlaces } = await built('server/database/socket-paths.js');
const { supervise } = await built('server/supervisor/supervise.js');
const { makeLogger } = await built('server/process/logger.js');

const { settings, problems } = parseSettings(process.env);
if (settings === undefined) throw new Error(problems.join(' '));
const dataDir = resolve(settings.DATA_DIR);
const places = { built: builtFolder, dataDir, ...embeddedPlaces(dataDir) };
const supervision = await supervise({ settings, places, log: makeLogger('warn', 'supervisor') }, process.env);
const stop = () => void supervision.stop().then(() => process.exit(0));
process.on('SIGTERM', stop);
process.on('disconnect', stop);
if (await supervision.ready) process.send('ready');
