import { type Cue, cueKey } from './cue.ts';
import { cleanCueText } from './cue-text.ts';
import type { SubtitleFinding } from './subtitle-finding.ts';

/** What a subtitle file says, and what was wrong or changed about it; without errors the cues may be used. */
export interface ReadSubtitles {
  readonly cues: readonly Cue[];
  /** In order of lines; `severity` error means that the file is refused. */
  readonly findings: readonly SubtitleFinding[];
}

export const subtitleLimits = { cues: 20_000, textLength: 1000, bytes: 2 * 1_048_576 } as const;
const mostFindings = 20;

/** Hours may be left out; SRT writes a comma, and sloppy tools write fewer digits. */
const clockText = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`;
const timing = new RegExp(String.raw`^\s*${clockText}\s*-->\s*${clockText}(?:\s+(.*))?$`);
/** Also where somebody mistyped the arrow. */
const looksLikeTimes = /-->|\d:\d{1,2}\S*\s*-+>/;
const align = '(?:start|center|end|left|right)';
const setting = new RegExp(
  [
    '^(?:vertical:(?:rl|lr)',
    String.raw`line:-?\d{1,3}(?:\.\d+)?%?(?:,(?:start|center|end))?`,
    String.raw`position:\d{1,3}(?:\.\d+)?%(?:,(?:line-left|center|line-right))?`,
    String.raw`size:\d{1,3}(?:\.\d+)?%`,
    `align:${align})$`,
  ].join('|'),
);

interface Block {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** Blocks end at empty lines, and where the times of a next cue stand without one before them. */
function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { line: number; lines: string[] } | undefined;
  text.split('\n').forEach((content, at) => {
    if (content.trim() === '') {
      open = undefined;
      return;
    }
    // One line before the times is the cue's own name.
    if (open !== undefined && timing.test(content) && (open.lines.length > 1 || timing.test(open.lines[0] ?? ''))) {
      if (/^\s*\d+\s*$/.test(open.lines.at(-1) ?? '')) open.lines.pop();
      open = undefined;
    }
    if (open === undefined) blocks.push((open = { line: at + 1, lines: [content] }));
    else open.lines.push(content);
  });
  return blocks;
}

/** The blocks of a WebVTT file without its signature and header; a first cue right below them is not rare. */
function withoutHeader([header, ...rest]: readonly Block[]): readonly Block[] {
  const at = header?.lines.findIndex((line) => line.includes('-->')) ?? -1;
  if (header === undefined || at < 0) return rest;
  return [{ line: header.line + at, lines: header.lines.slice(at) }, ...rest];
}

function clockMs(parts: readonly (string | undefined)[]): number | undefined {
  const [hours = '0', minutes = '', seconds = '', fraction = '0'] = parts;
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}

const settingsOf = (text: string | undefined): string =>
  (text ?? '')
    .split(/\s+/)
    .filter((one) => setting.test(one))
    .join(' ');

type Draft = { startMs: number; endMs: number; settings: string; lines: string[]; line: number };

/** A block's cue; undefined where it has none, and a finding where its times are wrong. */
function draftOf({ line, lines }: Block): Draft | SubtitleFinding | undefined {
  const at = lines.findIndex((one) => looksLikeTimes.test(one));
  const times = lines[at];
  if (times === undefined) return undefined;
  const parts = timing.exec(times) ?? [];
  const startMs = parts.length === 0 ? undefined : clockMs(parts.slice(1, 5));
  const endMs = parts.length === 0 ? undefined : clockMs(parts.slice(5, 9));
  const where = { severity: 'error', line: line + at } as const;
  if (startMs === undefined || endMs === undefined)
    return { ...where, code: 'bad_times', values: { found: times.trim().slice(0, 60) } };
  if (endMs <= startMs) return { ...where, code: 'ends_early', values: {} };
  return { startMs, endMs, settings: settingsOf(parts[9]), lines: lines.slice(at + 1), line: line + at };
}

const isFinding = (value: Draft | SubtitleFinding): value is SubtitleFinding => 'code' in value;

function draftsOf(blocks: readonly Block[], isWebvtt: boolean): { drafts: Draft[]; findings: SubtitleFinding[] } {
  const drafts: Draft[] = [];
  const findings: SubtitleFinding[] = [];
  for (const block of blocks) {
    if (isWebvtt && /^(?:NOTE|STYLE|REGION)\b/.test(block.lines[0] ?? '')) continue;
    const draft = draftOf(block);
    if (draft === undefined) {
      // SRT has no comments: an empty line stood inside the text of the cue before.
      const before = drafts.at(-1);
      if (!isWebvtt && before !== undefined) before.lines.push(...block.lines);
      else findings.push({ severity: 'warning', line: block.line, code: 'no_times', values: {} });
    } else if (isFinding(draft)) findings.push(draft);
    else drafts.push(draft);
  }
  return { drafts, findings };
}

/** Cues in order of time; those past the film's end are dropped, one over it is cut, and both are told. */
function fitToFilm(drafts: readonly Draft[], durationMs: number): ReadSubtitles {
  const findings: SubtitleFinding[] = [];
  const tell = (severity: SubtitleFinding['severity'], line: number, code: SubtitleFinding['code']): void => {
    findings.push({ severity, line, code, values: {} });
  };
  const seen = new Set<string>();
  const cues: Cue[] = [];
  let latestEndMs = 0;
  for (const { startMs, endMs, settings, lines, line } of [...drafts].sort((a, b) => a.startMs - b.startMs)) {
    const text = cleanCueText(lines.join('\n'));
    if (text.length > subtitleLimits.textLength) tell('error', line, 'long_text');
    if (text === '') continue;
    if (startMs >= durationMs) {
      tell('warning', line, 'past_end');
      continue;
    }
    if (endMs > durationMs) tell('warning', line, 'over_end');
    if (startMs < latestEndMs) tell('warning', line, 'overlap');
    const shownUntilMs = Math.min(endMs, durationMs);
    const cue: Cue = { startMs, endMs: shownUntilMs, text, ...(settings === '' ? {} : { settings }) };
    if (seen.has(cueKey(cue))) continue;
    seen.add(cueKey(cue));
    cues.push(cue);
    latestEndMs = Math.max(latestEndMs, shownUntilMs);
  }
  return { cues, findings };
}

/** Reads SRT or WebVTT by content; `durationMs` is the film's, Infinity where it does not matter. Never throws. */
export function readSubtitles(source: string, durationMs: number): ReadSubtitles {
  const text = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const isWebvtt = /^WEBVTT(?:[ \t].*)?(?:\n|$)/.test(text);
  const blocks = blocksOf(text);
  const { drafts, findings } = draftsOf(isWebvtt ? withoutHeader(blocks) : blocks, isWebvtt);
  const fitted = fitToFilm(drafts, durationMs);
  const all = [...findings, ...fitted.findings];
  if (drafts.length > subtitleLimits.cues)
    all.unshift({ severity: 'error', line: 1, code: 'too_many_cues', values: { most: subtitleLimits.cues } });
  if (fitted.cues.length === 0 && !all.some(({ severity }) => severity === 'error'))
    all.unshift({ severity: 'error', line: 1, code: 'no_cues', values: {} });
  const bySeverity = (one: SubtitleFinding): number => (one.severity === 'error' ? 0 : 1);
  const ordered = all.sort((a, b) => bySeverity(a) - bySeverity(b) || a.line - b.line);
  return { cues: fitted.cues.slice(0, subtitleLimits.cues), findings: ordered.slice(0, mostFindings) };
}
