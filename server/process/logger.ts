import { pino, type Logger } from 'pino';
import type { Settings } from '../../media/contract/settings.ts';

/** JSON lines on standard output; whatever could open a session is taken out (T23). */
export const makeLogger = (level: Settings['LOG_LEVEL'], part: string): Logger =>
  pino({
    level,
    base: { part },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['password', 'token', 'secret', '*.password', '*.token', '*.secret', '*.authorization', '*.cookie'],
      censor: '***',
    },
  });
