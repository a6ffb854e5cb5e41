import { z } from 'zod';

/** Settings of the office's command line (`import`, `film`), read from the environment; words on the line come first. */
export const officeSettingsSchema = z.object({
  YUANBO_URL: z
    .url({ protocol: /^https?$/, error: 'It is an address such as https://films.example.org.' })
    .optional()
    .describe('Address of the server; unset: this machine on PORT.'),
  YUANBO_TOKEN: z.string().min(1).optional().describe('Token of a session, as POST /api/sessions gives it.'),
  YUANBO_USER: z.string().min(1).optional().describe('Instead of a token: who signs in.'),
  YUANBO_PASSWORD: z.string().min(1).optional().describe('Password of YUANBO_USER.'),
});
