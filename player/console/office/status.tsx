import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, QuestionCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Card } from 'antd';
import type { ReactNode } from 'react';
import type { SystemStatus } from '../../../media/contract/status.ts';
import { Loaded } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { Screen } from '../parts/screen.tsx';
import { sizeText } from '../parts/sizes.ts';
import { useClock } from '../parts/use-clock.ts';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useSpeech, useWords, type Words } from '../words/words.tsx';
import { PlaybackQuality } from './playback-quality.tsx';
import { Skipped } from './skipped.tsx';
import { type Finding, statusFindings, type Health } from './status-findings.ts';

/** How the whole system is, with what to do where something is wrong; looked at every 5 s. */
export function Status() {
  const words = useWords();
  const said = words.keeping.status;
  const clock = useClock();
  const status = useQuery({ queryKey: ['status'], queryFn: () => call('readStatus'), refetchInterval: 5_000 });
  return (
    <Screen title={said.title}>
      <Loaded from={status}>
        {(found) => {
          const findings = statusFindings(found, words);
          const isBroken = findings.some(({ health }) => health === 'bad');
          return (
            <>
              <Alert
                type={findings.length === 0 ? 'success' : isBroken ? 'error' : 'warning'}
                showIcon
                title={findings.length === 0 ? said.well : said.notWell(findings.length)}
                description={said.checked(clock.exact(found.serverAtMs))}
              />
              <Findings findings={findings} />
              <div className="status">
                <Stores status={found} />
                <QueueCard queue={found.queue} />
                <Disks disks={found.disks} />
                <Channels channels={found.channels} />
                <Replicas replicas={found.replicas} />
                <Backup backup={found.backup} />
                <PlaybackQuality />
                <Card size="small" title={said.stations}>
                  <p className="muted">{said.stationsNotYet}</p>
                  <Skipped />
                </Card>
              </div>
            </>
          );
        }}
      </Loaded>
    </Screen>
  );
}

const icons: Readonly<Record<Health, ReactNode>> = {
  good: <CheckCircleFilled className="good" aria-hidden />,
  warning: <ExclamationCircleFilled className="warning" aria-hidden />,
  bad: <CloseCircleFilled className="bad" aria-hidden />,
  unknown: <QuestionCircleFilled className="muted" aria-hidden />,
};

/** A state by mark and word, never by colour alone. */
function HealthMark({ health }: { readonly health: Health }) {
  const said = useWords().keeping.status;
  return (
    <span className="health">
      {icons[health]} {said.marks[health]}
    </span>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const words = useWords();
  const said = words.keeping.status;
  const { person } = useSession();
  if (findings.length === 0) return null;
  return (
    <ul className="status-findings">
      {findings.map(({ what, health, cure, screens = [] }) => (
        <li key={what}>
          <HealthMark health={health} /> <strong>{what}</strong>
          <div>
            {said.cure}
            {cure}
            {screens
              .filter(({ needs }) => mayDo(person, needs))
              .map(({ menu, path }) => (
                <a key={menu} className="cure-link" href={linkTo(...path)}>
                  {words.frame.menu[menu]} ›
                </a>
              ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Stores({ status: { database, redis } }: { readonly status: SystemStatus }) {
  const { language, words } = useSpeech();
  const said = words.keeping.status;
  // The server's own words are English; the finding above says the cure in both languages.
  const told = (trouble?: string) => (language === 'en' && trouble !== undefined ? trouble : said.noAnswer);
  const line = (name: string, { kind, answersInMs, trouble }: SystemStatus['database']) => (
    <li key={name}>
      <strong>{name}</strong> <HealthMark health={answersInMs === undefined ? 'bad' : 'good'} />
      <div className="muted">
        {said.kinds[kind]} · {answersInMs === undefined ? told(trouble) : said.answers(answersInMs)}
      </div>
    </li>
  );
  return (
    <Card size="small" title={said.stores}>
      <ul className="plain">{[line(said.database, database), line(said.redis, redis)]}</ul>
    </Card>
  );
}

function QueueCard({ queue }: { readonly queue: SystemStatus['queue'] }) {
  const said = useWords().keeping.status;
  return (
    <Card size="small" title={<a href="#/office/queue">{said.queue}</a>}>
      {queue === undefined ? (
        <p className="muted">{said.queueUnknown}</p>
      ) : (
        <>
          <p>{said.queueFacts(queue.waitingFilms, queue.runningJobs, queue.failedFilms)}</p>
          <WholeTable
            rowKey="name"
            dataSource={queue.workers}
            locale={{ emptyText: said.noWorker }}
            columns={[
              { title: said.worker, dataIndex: 'name' },
              { title: said.host, dataIndex: 'host' },
              { title: said.jobs, render: (_value, worker) => `${worker.runningJobs} / ${worker.concurrency}` },
              { title: said.heard, render: (_value, worker) => said.secondsAgo(Math.round(worker.silentMs / 1000)) },
            ]}
          />
        </>
      )}
    </Card>
  );
}

const healthOf: Readonly<Record<SystemStatus['disks'][number]['state'], Health>> = {
  roomy: 'good',
  low: 'warning',
  full: 'bad',
  unknown: 'unknown',
};

function Disks({ disks }: { readonly disks: SystemStatus['disks'] }) {
  const said = useWords().keeping.status;
  return (
    <Card size="small" title={said.disks}>
      <ul className="plain">
        {disks.map((disk) => (
          <li key={disk.holds}>
            <strong>{said.holds[disk.holds]}</strong> <HealthMark health={healthOf[disk.state]} />
            <div>{diskText(disk, said)}</div>
            <code className="muted fact">{disk.where}</code>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function diskText(disk: SystemStatus['disks'][number], said: Words['keeping']['status']): string {
  const { freeBytes, totalBytes, warnBelowBytes = 0, stopBelowBytes = 0 } = disk;
  if (freeBytes === undefined || totalBytes === undefined) return said.diskUnknown;
  const limits = said.diskLimits(sizeText(warnBelowBytes), sizeText(stopBelowBytes));
  return `${said.diskFacts(sizeText(freeBytes), sizeText(totalBytes))} · ${limits}`;
}

function Channels({ channels }: { readonly channels: SystemStatus['channels'] }) {
  const said = useWords().keeping.status;
  const clock = useClock();
  return (
    <Card size="small" title={said.channels}>
      <WholeTable
        rowKey="code"
        dataSource={channels}
        columns={[
          { title: said.name, dataIndex: 'name' },
          {
            title: said.onAir,
            render: (_value, { item }) =>
              item === undefined ? said.nothingOnAir : `${clock.range(item)} ${item.title}`,
          },
          {
            title: said.served,
            render: (_value, { servedAtMs }) => (servedAtMs === undefined ? said.neverServed : clock.exact(servedAtMs)),
          },
        ]}
      />
    </Card>
  );
}

function Replicas({ replicas }: { readonly replicas: SystemStatus['replicas'] }) {
  const said = useWords().keeping.status;
  const clock = useClock();
  return (
    <Card size="small" title={said.replicas}>
      <WholeTable
        rowKey="name"
        dataSource={replicas}
        columns={[
          { title: said.name, dataIndex: 'name' },
          { title: said.version, dataIndex: 'version' },
          { title: said.started, render: (_value, { startedAtMs }) => clock.full(startedAtMs) },
          { title: said.seen, render: (_value, { seenAtMs }) => clock.exact(seenAtMs) },
          {
            title: said.state,
            render: (_value, { isGone, isLeader }) => (
              <>
                <HealthMark health={isGone ? 'warning' : 'good'} /> {isGone ? said.isGone : said.isThere}
                {isLeader ? ` · ${said.isLeader}` : ''}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Backup({ backup }: { readonly backup: SystemStatus['backup'] }) {
  const said = useWords().keeping.status;
  const clock = useClock();
  return (
    <Card size="small" title={said.backup}>
      <p>
        {backup === undefined
          ? said.noBackup
          : said.lastBackup(clock.full(backup.atMs), backup.documents, sizeText(backup.bytes))}
      </p>
      <p className="muted">{said.backupCure}</p>
    </Card>
  );
}
