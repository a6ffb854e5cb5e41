import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { CARD_CELLS, type GapCard } from '../media/contract/gap-card.ts';
import { cardFont, cardPicture } from '../media/film/card-picture.ts';
import { cardCommand, cardFile } from './ffmpeg/card-arguments.ts';
import { houseFont } from './ffmpeg/demo-films/asset-files.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

/** Lines of a card's picture. */
const pictureHeight = 720;

/** Draws a card in this process with the bundled font, whatever fonts the machine has; the same card gives the same bytes. */
export function drawCard(card: GapCard): Buffer {
  const font = { fontFiles: [houseFont()], loadSystemFonts: false, defaultFontFamily: cardFont };
  return new Resvg(cardPicture(card), { fitTo: { mode: 'height', value: pictureHeight }, font }).render().asPng();
}

/** Makes a card's film where an upload would lie, so that everything after is done as for any film; nothing where it lies already. */
export async function makeCard(
  { storage, sandbox }: Pick<TranscoderParts, 'storage' | 'sandbox'>,
  job: { readonly card: GapCard; readonly sourceKey: string; readonly filmId: string },
  { folder, signal }: Attempt,
): Promise<void> {
  if ((await storage.stat(job.sourceKey)) !== undefined) return;
  const picture = join(folder, 'card.png');
  await writeFile(picture, drawCard(job.card));
  await runCommand(cardCommand(picture, job.filmId), { sandbox, folder, signal, filmSeconds: CARD_CELLS * 4 });
  await storage.put(job.sourceKey, { file: join(folder, cardFile) });
}
