// express.static on the same files. node static-server.mjs FOLDER: prints one line of JSON with its port.
import express from 'express';
import { join } from 'node:path';

const app = express();
app.disable('x-powered-by');
app.use(express.static(join(process.argv[2] ?? '.', 'media'), { immutable: true, maxAge: '1y' }));
const server = app.listen(0, '127.0.0.1', 1024, () => console.log(JSON.stringify({ port: server.address().port })));
