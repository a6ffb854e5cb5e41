import { subtitleFindingText } from '../../../../media/film/subtitle-finding-text.ts';
import type { SubtitleFinding } from '../../../../media/film/subtitle-finding.ts';
import { ApiError } from '../../../shared/api-error.ts';
import { useSpeech } from '../../words/words.tsx';

/** What was found in a subtitle file, line by line. */
export function FindingList({ findings }: { readonly findings: readonly SubtitleFinding[] }) {
  const { language } = useSpeech();
  return (
    <ul className="finding-list">
      {findings.map((finding) => (
        <li key={`${finding.line}-${finding.code}`}>{subtitleFindingText(finding, language)}</li>
      ))}
    </ul>
  );
}

/** The findings of a refusal; undefined where something else was refused. */
export const findingsOf = (error: unknown): readonly SubtitleFinding[] | undefined =>
  error instanceof ApiError && error.code === 'invalid' && error.findings.length > 0
    ? (error.findings as readonly SubtitleFinding[])
    : undefined;
