import { z } from 'zod';

const flag = z.enum(['0', '1', '']).transform((text) => text === '1');
const mebibyte = 1_048_576;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What Express takes for `trust proxy`: addresses, networks and its three names. */
const proxySchema = z.union([
  z.enum(['loopback', 'linklocal', 'uniquelocal']),
  z.ipv4(),
  z.ipv6(),
  z.cidrv4(),
  z.cidrv6(),
]);
const isProxyList = (text: string): boolean =>
  text === '' || text.split(',').every((proxy) => proxySchema.safeParse(proxy.trim()).success);

/**
 * Deployment settings, read from the environment by the two main.ts files only; `settings.example.env` is printed from here.
 * Each `describe` is the comment that an operator reads.
 */
export const settingsSchema = z.object({
  PORT: z.coerce
    .number('It is a number, as 8080.')
    .int()
    .min(0)
    .max(65_535)
    .default(8080)
    .describe('TCP port of the server.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 serves the whole network.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./var')
    .describe('All state of the embedded default; safe to copy when stopped.'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'It begins with mongodb://')
    .optional()
    .describe('A MongoDB server; unset: the embedded database under DATA_DIR.'),
  REDIS_URL: z
    .string()
    .regex(/^(rediss?:\/\/|\/)/, 'It begins with redis://')
    .optional()
    .describe('A Redis server; unset: a managed redis-server under DATA_DIR.'),
  MEDIA_STORE: z
    .string()
    .regex(/^(file:\/\/\/|s3:\/\/)/, 'It begins with file:/// or s3://')
    .optional()
    .describe('Where films live: file:///folder or s3://bucket/prefix; unset: DATA_DIR/media.'),
  S3_ENDPOINT: z.url().optional().describe('Address of an S3-compatible store.'),
  S3_REGION: z.string().default('us-east-1').describe('Region of the S3 store.'),
  S3_ACCESS_KEY_ID: z.string().optional().describe('Key of the S3 store.'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('Secret of the S3 store.'),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'It is a name as Asia/Shanghai.')
    .default('Asia/Shanghai')
    .describe('County time.'),
  PUBLIC_URL: z.url().optional().describe('Address that people type, for links and calendars.'),
  TRUST_PROXY: z
    .string()
    .refine(isProxyList, 'It is a list as 127.0.0.1, 172.16.0.0/12 or loopback.')
    .default('')
    .describe('Addresses of proxies whose X-Forwarded-* headers count, comma separated.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged.'),
  SECRET: z
    .string()
    .min(32, 'Use at least 32 characters.')
    .optional()
    .describe('Key of playback tokens; unset: made once and kept in DATA_DIR/secret.'),
  WORKERS: z.coerce
    .number()
    .int()
    .min(0)
    .max(64)
    .optional()
    .describe('Encode jobs at a time; unset: 1, and 0 for npm run server.'),
  DEMO_PASSWORD: z.string().min(8).optional().describe('Password of the demo accounts; unset: random, printed.'),
  ALLOW_HTTP: flag
    .default(false)
    .describe('1: sign-in over plain http from other machines is allowed, with a warning.'),
  SEGMENT_MEMORY_BYTES: z.coerce
    .number()
    .int()
    .min(mebibyte)
    .default(256 * mebibyte)
    .describe('Memory for hot segments.'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Turns an environment into settings; the issue texts name the variable and the cure. Empty strings count as unset. */
export function parseSettings(
  environment: Readonly<Record<string, string | undefined>>,
): { settings: Settings } | { problems: readonly string[] } {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, text]) => name in settingsSchema.shape && text !== undefined && text !== '',
    ),
  );
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return { settings: parsed.data };
  return {
    problems: parsed.error.issues.map(
      (issue) => `Setting ${issue.path.join('.')}: ${issue.message} Set it right in the environment and start again.`,
    ),
  };
}
