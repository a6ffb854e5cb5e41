import { useQuery } from '@tanstack/react-query';
import type { Plan } from '../../../../media/contract/planning.ts';
import { addCivilDays, parseCivilTime } from '../../../../media/grid/civil-time.ts';
import { useClock } from '../../parts/use-clock.ts';
import { usePlaces } from '../../parts/use-names.ts';
import { call } from '../../session/api.ts';
import type { Inherited } from './place-slots.ts';
import type { ShownDays } from './shown-days.ts';

/** Longest stretch that a guide is asked for. */
const guideDays = 28;
const none: readonly Inherited[] = [];

/** What airs at a place on the days of a page as long as it has nothing of its own; nothing on the county's own plan. */
export function useInherited({ channel, place, from, to }: Plan, shown: ShownDays): readonly Inherited[] {
  const { zone } = useClock();
  const places = usePlaces().data?.items;
  const above = places?.find(({ code }) => code === place)?.parent;
  const [first, end] = [shown.from < from ? from : shown.from, shown.to > to ? to : shown.to];
  const found = useQuery({
    queryKey: ['on-air', 'inherited', channel, above, first, end],
    queryFn: () => guideOf(channel, above, rangesOf(first, end, zone)),
    enabled: place !== undefined && above !== undefined && first < end,
    staleTime: 60_000,
  });
  return found.data ?? none;
}

/** [from, to) in UTC ms. */
type MsRange = readonly [from: number, to: number];

function rangesOf(first: string, end: string, zone: string): readonly MsRange[] {
  const atMs = (day: string): number => {
    const read = parseCivilTime(`${day}T00:00:00`, zone);
    return read.ok ? read.atMs : 0;
  };
  const ranges: MsRange[] = [];
  for (let day = first; day < end; day = addCivilDays(day, guideDays)) {
    const next = addCivilDays(day, guideDays);
    ranges.push([atMs(day), atMs(next < end ? next : end)]);
  }
  return ranges;
}

/** The guide over several stretches; what reaches over a border is in both and is kept once. */
async function guideOf(
  code: string,
  group: string | undefined,
  ranges: readonly MsRange[],
): Promise<readonly Inherited[]> {
  const parts = await Promise.all(
    ranges.map(([from, to]) =>
      call('channelGuide', {
        params: { code },
        query: { from: String(from), to: String(to), ...(group === undefined ? {} : { group }) },
      }),
    ),
  );
  const items = new Map<string, Inherited>();
  for (const { id, title, kind, mustWatch, startAtMs, endAtMs } of parts.flatMap((part) => part.items)) {
    items.set(`${id} ${startAtMs}`, { id, title, kind, mustWatch, startAtMs, endAtMs });
  }
  return [...items.values()];
}
