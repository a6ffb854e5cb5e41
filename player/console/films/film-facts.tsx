import { Descriptions } from 'antd';
import type { Film, FilmCheck } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { rateText } from '../parts/rate-text.ts';
import { sizeText } from '../parts/sizes.ts';
import { useClock } from '../parts/use-clock.ts';
import { usePlaceName } from '../parts/use-names.ts';
import { useWords, type Words } from '../words/words.tsx';
import { conversionTexts } from './film-check.ts';
import { categoryName, useCategories, useFilmCheck } from './film-queries.ts';

/** What is known about a film. */
export function FilmFacts({ film }: { readonly film: Film }) {
  const dictionary = useWords();
  const all = dictionary.films;
  const said = dictionary.check;
  const check = useFilmCheck(film).data;
  const words = all.page;
  const clock = useClock();
  const placeName = usePlaceName();
  const categories = useCategories().data?.items;
  const listed = (all: readonly string[] | undefined) => (all === undefined ? undefined : dictionary.frame.listed(all));
  const facts: readonly (readonly [string, string | undefined])[] = [
    [words.category, categoryName(categories, film.category) ?? all.list.noCategory],
    [words.language, languageName(film.language, all)],
    [words.synopsis, film.synopsis],
    [words.audience, words.audiences[film.audience]],
    [words.airDays, airDays(film, words)],
    [words.length, film.durationMs === undefined ? undefined : lengthText(film.durationMs)],
    [
      words.rungs,
      listed(
        film.rungs?.map(
          ({ name, height, bandwidthBps }) => `${height === 0 ? words.soundOnly : name} ${rateText(bandwidthBps)}`,
        ),
      ),
    ],
    [words.languages, listed(film.languages?.map((language) => languageName(language, all)))],
    [words.subtitles, listed(film.subtitles?.map((language) => languageName(language, all)))],
    [said.conversionsTitle, check === undefined ? undefined : changesText(check.conversions, dictionary)],
    [said.loudness, loudnessText(check?.loudness, said)],
    [
      said.certificate,
      check?.isChannelReady === undefined ? undefined : check.isChannelReady ? said.certified : said.notCertified,
    ],
    [
      dictionary.tracks.damaged,
      film.damage && dictionary.tracks.damagedSince(film.damage.finding, clock.full(film.damage.atMs)),
    ],
    [dictionary.tracks.verifiedAt, verifiedText(film, clock.full, dictionary)],
    [words.filename, film.filename],
    [words.size, film.sourceBytes === undefined ? undefined : sizeText(film.sourceBytes)],
    [words.owner, film.owner.name],
    [words.place, placeName(film.place)],
    [words.created, clock.full(film.createdAtMs)],
    [words.revision, film.revision],
  ];
  const items = facts
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([label, value]) => ({ key: label, label, children: <span className="fact">{value}</span> }));
  return <Descriptions size="small" column={1} items={items} className="facts" />;
}

function verifiedText(
  { verifiedAtMs, verifyAskedAtMs, verifyRatio }: Film,
  timeText: (atMs: number) => string,
  { tracks }: Words,
): string | undefined {
  if (verifyRatio !== undefined) return tracks.verifying(Math.floor(verifyRatio * 100));
  if (verifyAskedAtMs !== undefined) return tracks.verifyWaits;
  return verifiedAtMs === undefined ? undefined : timeText(verifiedAtMs);
}

/** First and last day on which channels may show it. */
function airDays({ airFrom, airUntil }: Film, words: Words['films']['page']): string | undefined {
  if (airFrom === undefined && airUntil === undefined) return undefined;
  return `${airFrom ?? words.noLimit} — ${airUntil ?? words.noLimit}`;
}

const changesText = (codes: readonly string[], { check, frame }: Words): string =>
  codes.length === 0 ? check.noConversions : frame.clauses(conversionTexts(codes, check));

function loudnessText(loudness: FilmCheck['loudness'], said: Words['check']): string | undefined {
  const { measuredLufs, truePeakDb } = loudness ?? {};
  if (typeof measuredLufs !== 'number') return undefined;
  return said.loudnessText(measuredLufs.toFixed(1), truePeakDb?.toFixed(1));
}

/** Name of a BCP 47 language, or the tag itself. */
export const languageName = (tag: string, words: Words['films']): string => {
  const names: Readonly<Record<string, string>> = words.upload.languages;
  return names[tag] ?? names[tag.split('-')[0] ?? ''] ?? tag;
};
