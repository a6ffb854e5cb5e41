import { useQuery } from '@tanstack/react-query';
import type { KnownSkip } from '../../../media/contract/skips.ts';
import { linkTo } from '../parts/route.ts';
import { Loaded } from '../parts/loaded.tsx';
import { useClock } from '../parts/use-clock.ts';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';

const minuteMs = 60_000;
const days = 30;

/** Must-watch items of the last 30 days that stations did not start, with what somebody there gave as the reason. */
export function Skipped() {
  const said = useWords().keeping.skipped;
  const clock = useClock();
  const skips = useQuery({ queryKey: ['skips'], queryFn: readLastDays, refetchInterval: minuteMs });
  const title = ({ film, title }: KnownSkip) =>
    film === undefined ? title : <a href={linkTo('films', film)}>{title}</a>;
  return (
    <>
      <h3>{said.title(days)}</h3>
      <Loaded from={skips}>
        {({ items }) => (
          <WholeTable
            rowKey={({ place, startAtMs }) => `${place}/${startAtMs}`}
            dataSource={items}
            locale={{ emptyText: said.none }}
            columns={[
              { title: said.place, dataIndex: 'placeName' },
              { title: said.item, render: (_, skip) => title(skip) },
              { title: said.start, render: (_, { startAtMs }) => clock.full(startAtMs) },
              { title: said.reason, render: (_, { reason }) => said.reasons[reason] },
              { title: said.cancelled, render: (_, { atMs }) => clock.full(atMs) },
            ]}
          />
        )}
      </Loaded>
      <p className="muted">{said.explain}</p>
    </>
  );
}

/** To the end of this minute and a little on: an item may be cancelled before it begins. */
const readLastDays = () => {
  const toMs = Math.ceil(Date.now() / minuteMs + 2) * minuteMs;
  return call('listSkips', { query: { from: String(toMs - days * 24 * 60 * minuteMs), to: String(toMs) } });
};
