import { readSubtitles, subtitleLimits, type ReadSubtitles } from '../../media/film/read-subtitles.ts';
import { subtitleFindingText } from '../../media/film/subtitle-finding-text.ts';
import { AppError } from '../errors.ts';

/** Text of a file in an encoding that offices save subtitles in; undefined where it is none of them. */
function decode(bytes: Buffer): string | undefined {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  // Without a mark, text of UTF-16 has a zero in every second byte of its digits and arrows.
  const zeros = [0, 1].map((odd) => bytes.subarray(0, 200).filter((byte, at) => byte === 0 && at % 2 === odd).length);
  const [even = 0, odd = 0] = zeros;
  const unmarked = odd > 10 && even === 0 ? 'utf-16le' : even > 10 && odd === 0 ? 'utf-16be' : undefined;
  const wanted = marked ?? unmarked;
  for (const encoding of wanted === undefined ? ['utf-8', 'gb18030'] : [wanted]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Reads an uploaded file of subtitles; 413 or 422 with line and cure where it cannot be used. */
export function readSubtitleFile(bytes: Buffer, durationMs: number): ReadSubtitles {
  if (bytes.length > subtitleLimits.bytes) {
    throw new AppError('too_large', 'Subtitles may have at most 2 MB. Choose the text file, not the film.');
  }
  const text = decode(bytes);
  const read: ReadSubtitles =
    text === undefined
      ? { cues: [], findings: [{ severity: 'error', line: 1, code: 'unknown_encoding', values: {} }] }
      : readSubtitles(text, durationMs);
  const errors = read.findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return read;
  const said = errors.map((finding) => subtitleFindingText(finding, 'en'));
  throw new AppError('invalid', `The subtitles cannot be used. ${said[0] ?? ''}`, {
    fields: said.map((message) => ({ path: 'content', message })),
    findings: read.findings,
  });
}
