import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Segmented } from 'antd';
import { useState } from 'react';
import type { QualityFigures } from '../../../media/contract/quality.ts';
import type { CallReply } from '../../shared/api-client.ts';
import { Loaded } from '../parts/loaded.tsx';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { useWords, type Words } from '../words/words.tsx';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** How well pictures played at viewers in the last day, the worst films, channels and places first. */
export function PlaybackQuality() {
  const said = useWords().quality;
  const quality = useQuery({ queryKey: ['quality'], queryFn: readDay, refetchInterval: minuteMs });
  return (
    <Card size="small" title={said.title}>
      <Loaded from={quality}>
        {(read) => (read.total.plays + read.total.watchedMs === 0 ? <p>{said.nobody}</p> : <Figures read={read} />)}
      </Loaded>
    </Card>
  );
}

/** The last 24 whole hours; the same question for a minute, so that many who look ask once. */
const readDay = () => {
  const toMs = Math.ceil(Date.now() / minuteMs) * minuteMs;
  return call('readQuality', { query: { from: String(toMs - 24 * hourMs), to: String(toMs) } });
};

type Kind = keyof Words['quality']['kinds'];
const kinds: readonly Kind[] = ['films', 'channels', 'places'];

function Figures({ read }: { readonly read: CallReply<'readQuality'> }) {
  const words = useWords();
  const said = words.quality;
  const [kind, setKind] = useState<Kind>('films');
  const { total } = read;
  return (
    <>
      <Descriptions
        column={1}
        size="small"
        items={totalRows(total, words).map(([label, children]) => ({ key: label, label, children }))}
      />
      <h3>{said.worst}</h3>
      <Segmented
        aria-label={said.worst}
        value={kind}
        onChange={setKind}
        options={kinds.map((value) => ({ value, label: said.kinds[value] }))}
      />
      <WholeTable
        rowKey="id"
        dataSource={read[kind]}
        locale={{ emptyText: said.nobody }}
        columns={[
          { title: said.kinds[kind], dataIndex: 'name' },
          { title: said.plays, dataIndex: 'plays', align: 'right' },
          { title: said.stalled, align: 'right', render: (_, row: QualityFigures) => percent(row.stallRatio) },
          { title: said.failed, dataIndex: 'failed', align: 'right' },
          { title: said.startup, align: 'right', render: (_, row: QualityFigures) => seconds(row.startupP95Ms, said) },
          { title: said.errors, dataIndex: 'errors', align: 'right' },
          { title: said.dropped, align: 'right', render: (_, row: QualityFigures) => percent(row.droppedRatio) },
          { title: said.rungs, render: (_, row: QualityFigures) => rungsText(row, words) },
        ]}
      />
    </>
  );
}

const percent = (part: number): string => `${(100 * part).toFixed(part > 0 && part < 0.1 ? 1 : 0)} %`;
const secondsText = (ms: number): string => (ms / 1000).toFixed(1);
const seconds = (ms: number | undefined, said: Words['quality']): string =>
  ms === undefined ? '—' : said.seconds(secondsText(ms));

/** Which part of the time each rung was shown. */
function rungsText({ rungs }: QualityFigures, { quality: said, frame }: Words): string {
  const named = (rung: string): string => (rung === 'audio' ? said.sound : rung === 'other' ? said.other : rung);
  return frame.listed(Object.entries(rungs).map(([rung, part]) => `${named(rung)} ${percent(part)}`));
}

function totalRows(total: QualityFigures, words: Words): readonly (readonly [string, string])[] {
  const { startupP50Ms, startupP95Ms } = total;
  const said = words.quality;
  const startup =
    startupP50Ms === undefined || startupP95Ms === undefined
      ? '—'
      : said.startupOf(secondsText(startupP50Ms), secondsText(startupP95Ms));
  return [
    [said.plays, String(total.plays)],
    [said.watched, (total.watchedMs / hourMs).toFixed(1)],
    [said.startup, startup],
    [said.stalled, percent(total.stallRatio)],
    [said.failed, String(total.failed)],
    [said.errors, String(total.errors)],
    [said.dropped, percent(total.droppedRatio)],
    [said.rungs, rungsText(total, words)],
  ];
}
