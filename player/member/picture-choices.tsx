/** @jsxImportSource preact */
import { languageName } from '../shared/language-name.ts';
import type { Quality } from '../shared/player-engine.ts';
import type { SubtitleTrack } from '../shared/show-subtitles.ts';
import { parseChoice, type QualityChoice } from './quality-choice.ts';
import type { MemberWords } from './words.ts';

interface ChoicesProps {
  readonly words: MemberWords;
  readonly choice: QualityChoice;
  /** Language of the subtitles that are shown; '' for none. */
  readonly shown: string;
  readonly qualities: readonly Quality[];
  readonly languages: readonly string[];
  readonly texts: readonly SubtitleTrack[];
  readonly onQuality: (choice: QualityChoice) => void;
  readonly onLanguage: (language: string) => void;
  readonly onSubtitles: (language: string) => void;
}

/** What can be chosen of a picture: quality, sound, subtitles. */
export function PictureChoices(props: ChoicesProps) {
  const { words, choice, shown, qualities, languages, texts, onQuality, onLanguage, onSubtitles } = props;
  const heights = [...new Set(qualities.map(({ height }) => height))].filter((height) => height > 0);
  return (
    <div class="choices">
      <label>
        {words.quality}{' '}
        <select value={String(choice)} onChange={(event) => onQuality(parseChoice(event.currentTarget.value))}>
          <option value="auto">{words.automatic}</option>
          {heights
            .sort((a, b) => b - a)
            .map((height) => (
              <option key={height} value={String(height)}>
                {height}p
              </option>
            ))}
          {typeof choice === 'number' && !heights.includes(choice) ? (
            <option value={String(choice)}>{choice}p</option>
          ) : null}
          <option value="saver">{words.saver}</option>
          <option value="sound">{words.soundOnly}</option>
        </select>
      </label>
      {languages.length > 1 ? (
        <label>
          {words.audio}{' '}
          <select onChange={(event) => onLanguage(event.currentTarget.value)}>
            {languages.map((language) => (
              <option key={language} value={language}>
                {languageName(language, words.speech)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {texts.length > 0 ? (
        <label>
          {words.subtitles}{' '}
          <select value={shown} onChange={(event) => onSubtitles(event.currentTarget.value)}>
            <option value="">{words.none}</option>
            {texts.map(({ language }) => (
              <option key={language} value={language}>
                {languageName(language, words.speech)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  );
}
