import { idSchema } from '../../media/contract/ids.ts';
import { type Film, library } from '../../media/contract/library.ts';
import type { Settings } from '../../media/contract/settings.ts';
import { CannotStart } from '../supervisor/preflight.ts';
import { exportFilm } from './export-film.ts';
import { filmFacts } from './film-facts.ts';
import type { Office } from './office.ts';
import { officeOf, readWords } from './office-words.ts';
import { stopSignal } from './stop-signal.ts';

const usage =
  'Use: npx yuanbo film show ID [--json] | film reencode ID [--json] | film export ID [--language L] [--rung 720p] [--out FILE], each with [--url URL] [--token TOKEN].';

interface Wish {
  readonly json: boolean;
  readonly language?: string | undefined;
  readonly rung?: string | undefined;
  readonly out?: string | undefined;
}
type Deed = (office: Office, id: string, wish: Wish) => Promise<void>;

const print = (film: Film, { json }: Wish): void =>
  console.log(json ? JSON.stringify(film, undefined, 2) : filmFacts(film).join('\n'));

const deeds: Readonly<Record<string, Deed>> = {
  show: async (office, id, wish) => {
    print(library.readFilm.reply.parse(await (await office.ask(`/api/films/${id}`)).json()), wish);
  },
  reencode: async (office, id, wish) => {
    const reply = await office.ask(`/api/films/${id}/reencode`, { method: 'POST' });
    print(library.reencodeFilm.reply.parse(await reply.json()), wish);
    if (!wish.json) console.log(`It is encoded anew as the film above; ${id} stays as it is until that one is passed.`);
  },
  export: async (office, id, wish) => {
    const signal = stopSignal();
    const out = await exportFilm(office, { ...wish, id, signal, say: (line) => console.log(line) });
    console.log(`The film is in ${out}`);
  },
};

/** `film`: looks at a film, encodes it anew, or brings it here as one file. */
export async function filmCommand(
  settings: Settings,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { values, positionals } = readWords(args, usage, {
    json: { type: 'boolean', default: false },
    language: { type: 'string' },
    rung: { type: 'string' },
    out: { type: 'string' },
  });
  const [name = '', given = '', ...more] = positionals;
  const deed = Object.hasOwn(deeds, name) ? deeds[name] : undefined;
  const id = idSchema.safeParse(given);
  if (deed === undefined || more.length > 0) throw new CannotStart(usage);
  if (!id.success) throw new CannotStart(`"${given}" is no film: ${id.error.issues[0]?.message ?? ''} ${usage}`);
  const office = officeOf(settings, values, environment);
  try {
    await deed(office, id.data, values);
  } finally {
    await office.signOut();
  }
}
