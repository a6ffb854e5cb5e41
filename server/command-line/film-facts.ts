import type { Film } from '../../media/contract/library.ts';

/** What is known of a film, a line each, for people. */
export function filmFacts(film: Film): readonly string[] {
  const { problem, progress, reviews } = film;
  const rungs = film.rungs?.map(({ name, bandwidthBps }) => `${name} (${(bandwidthBps / 1e6).toFixed(1)} Mbit/s)`);
  const facts: Readonly<Record<string, string | undefined>> = {
    title: film.title,
    id: film.id,
    state: problem === undefined ? film.state : `${film.state}: ${problem.message} ${problem.cure}`,
    progress: progress && `${progress.phase}, ${Math.floor(progress.ratio * 100)} %${timeLeft(progress.etaMs)}`,
    waiting: film.waitingBehind === undefined ? undefined : `behind ${film.waitingBehind} films`,
    length: film.durationMs === undefined ? undefined : clock(film.durationMs),
    category: film.category,
    language: film.language,
    languages: film.languages?.join(', '),
    subtitles: film.subtitles?.length ? film.subtitles.join(', ') : undefined,
    ladder: rungs?.join(', '),
    audience: film.audience,
    reviews: reviews && `${reviews.passed} of ${reviews.needed} passed`,
    'look at': film.warnings.length === 0 ? undefined : film.warnings.map(({ message }) => message).join(' '),
    'same as': film.duplicateOf,
    renews: film.renews,
    revision: film.revision,
    upload: uploadFact(film),
    sha256: film.sourceSha256,
    owner: `${film.owner.name} (${film.place})`,
    synopsis: film.synopsis,
  };
  return Object.entries(facts).flatMap(([name, fact]) => (fact === undefined ? [] : [`${name.padEnd(10)} ${fact}`]));
}

function uploadFact({ filename, sourceBytes, receivedBytes, sourceKept }: Film): string {
  const size = sourceBytes === undefined ? '' : `, ${(sourceBytes / 1e6).toFixed(1)} MB`;
  const here = receivedBytes === undefined ? '' : `, ${(receivedBytes / 1e6).toFixed(1)} MB received`;
  return `${filename}${size}${here}${sourceKept === false ? ', not kept' : ''}`;
}

const timeLeft = (etaMs: number | undefined): string => (etaMs === undefined ? '' : `, ${clock(etaMs)} left`);

/** `1:02:03`. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value % 60).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
}
