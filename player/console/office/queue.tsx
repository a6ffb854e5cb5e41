import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Progress } from 'antd';
import type { QueueView } from '../../../media/contract/queue.ts';
import { linkTo } from '../parts/route.ts';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { useAct } from '../parts/use-act.ts';
import { useClock } from '../parts/use-clock.ts';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

const lookAgainMs = 2_000;

/** Films that wait for their encode and why, what is being made, and by which workers; looked at every 2 s. */
export function Queue() {
  const said = useWords().office.queue;
  const { person } = useSession();
  const { busy, act } = useAct();
  const queue = useQuery({ queryKey: ['queue'], queryFn: () => call('readQueue'), refetchInterval: lookAgainMs });
  const isPaused = queue.data?.paused !== undefined;
  const change = () => act(() => call(isPaused ? 'resumeQueue' : 'pauseQueue')).then(() => queue.refetch());
  return (
    <Screen
      title={said.title}
      actions={
        mayDo(person, 'manage-queue') && queue.data !== undefined ? (
          <Button loading={busy} type={isPaused ? 'primary' : 'default'} onClick={() => void change()}>
            {isPaused ? said.resume : said.pause}
          </Button>
        ) : null
      }
    >
      <Loaded from={queue}>
        {(found) => (
          <div className="queue">
            <Held queue={found} />
            <Waiting films={found.films} />
            <Running running={found.running} />
            <Workers workers={found.workers} />
          </div>
        )}
      </Loaded>
    </Screen>
  );
}

/** Why nothing moves, where nothing does. */
function Held({ queue }: { readonly queue: QueueView }) {
  const said = useWords().office.queue;
  const clock = useClock();
  if (queue.paused !== undefined)
    return <Alert type="warning" showIcon title={said.paused(queue.paused.by, clock.exact(queue.paused.atMs))} />;
  if (queue.workers.length === 0 && queue.films.length > 0)
    return <Alert type="error" showIcon title={said.noWorker} description={said.noWorkerCure} />;
  return null;
}

function Waiting({ films }: { readonly films: QueueView['films'] }) {
  const words = useWords();
  const said = words.office.queue;
  const clock = useClock();
  return (
    <Card size="small" title={said.films}>
      <WholeTable
        rowKey="id"
        dataSource={films}
        locale={{ emptyText: <Nothing text={said.noFilms} /> }}
        columns={[
          { title: said.place, render: (_value, _film, index) => index + 1 },
          { title: said.film, render: (_value, film) => <a href={linkTo('films', film.id)}>{film.title}</a> },
          { title: said.owner, dataIndex: 'owner' },
          { title: said.state, render: (_value, film) => words.films.states[film.state] },
          {
            title: said.why,
            render: (_value, film) =>
              film.why === 'needed' && film.neededAtMs !== undefined
                ? said.needed(clock.exact(film.neededAtMs))
                : said.reasons[film.why],
          },
          {
            title: said.done,
            width: 160,
            render: (_value, { ratio, title }) =>
              ratio === undefined ? (
                '—'
              ) : (
                <Progress aria-label={title} percent={Math.floor(ratio * 100)} size="small" />
              ),
          },
        ]}
      />
    </Card>
  );
}

function Running({ running }: { readonly running: QueueView['running'] }) {
  const said = useWords().office.queue;
  const clock = useClock();
  return (
    <Card size="small" title={said.running}>
      <WholeTable
        rowKey="jobId"
        dataSource={running}
        locale={{ emptyText: <Nothing text={said.nothingRuns} /> }}
        columns={[
          {
            title: said.film,
            render: (_value, { filmId, title }) => <a href={linkTo('films', filmId)}>{title ?? filmId}</a>,
          },
          {
            title: said.step,
            render: (_value, { kind, chunk }) =>
              chunk === undefined ? said.kinds[kind] : said.chunk(said.kinds[kind], chunk + 1),
          },
          {
            title: said.done,
            width: 160,
            render: (_value, { progress, filmId, title = filmId }) =>
              progress === undefined ? (
                '—'
              ) : (
                <Progress aria-label={title} percent={Math.floor(progress.ratio * 100)} size="small" />
              ),
          },
          {
            title: said.speed,
            render: (_value, { progress }) => (progress?.speed === undefined ? '—' : `${progress.speed.toFixed(1)}×`),
          },
          {
            title: said.since,
            render: (_value, { sinceAtMs }) => (sinceAtMs === undefined ? '—' : clock.exact(sinceAtMs)),
          },
          { title: said.worker, render: (_value, { worker }) => worker ?? said.unheard },
        ]}
      />
    </Card>
  );
}

function Workers({ workers }: { readonly workers: QueueView['workers'] }) {
  const said = useWords().office.queue;
  const clock = useClock();
  return (
    <Card size="small" title={said.workers}>
      <WholeTable
        rowKey="name"
        dataSource={workers}
        locale={{ emptyText: <Nothing text={said.noWorkers} /> }}
        columns={[
          { title: said.worker, dataIndex: 'name' },
          { title: said.host, dataIndex: 'host' },
          { title: said.process, dataIndex: 'pid' },
          { title: said.recipe, dataIndex: 'recipe' },
          { title: said.since, render: (_value, { sinceAtMs }) => clock.exact(sinceAtMs) },
          { title: said.jobs, render: (_value, { jobIds, concurrency }) => `${jobIds.length} / ${concurrency}` },
          { title: said.heard, render: (_value, { silentMs }) => said.secondsAgo(Math.round(silentMs / 1000)) },
        ]}
      />
    </Card>
  );
}
