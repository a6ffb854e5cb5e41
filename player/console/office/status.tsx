import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions } from 'antd';
import { roughLength } from '../parts/length-words.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { type SpokenClock, useClock } from '../parts/use-clock.ts';
import { useWords, type Words } from '../words/words.tsx';
import { PlaybackQuality } from './playback-quality.tsx';

/** What /healthz and /readyz say, and when. */
interface Health {
  readonly isUp: boolean;
  readonly isReady: boolean;
  /** Everything that they told, by name. */
  readonly facts: readonly (readonly [string, unknown])[];
  readonly atMs: number;
}

/** Whether the server and its parts are well; looked at every 5 s. */
export function Status() {
  const words = useWords();
  const said = words.office.status;
  const clock = useClock();
  const health = useQuery({ queryKey: ['health'], queryFn: readHealth, refetchInterval: 5_000 });
  return (
    <Screen title={said.title}>
      <Loaded from={health}>
        {({ isUp, isReady, facts, atMs }) => (
          <>
            <Alert
              type={isReady ? 'success' : isUp ? 'warning' : 'error'}
              showIcon
              title={isReady ? said.ready : isUp ? said.notReady : said.down}
              description={said.checked(clock.exact(atMs))}
            />
            <Card className="narrow" size="small">
              <Descriptions
                column={1}
                size="small"
                items={facts.map(([name, value]) => {
                  const [label, text] = factWords(name, value, words, clock);
                  return { key: name, label, children: <span className="fact">{text}</span> };
                })}
              />
            </Card>
          </>
        )}
      </Loaded>
      <PlaybackQuality />
    </Screen>
  );
}

/** A fact with its name in words; what is not known here stands as it was told. */
function factWords(name: string, value: unknown, words: Words, clock: SpokenClock): readonly [string, string] {
  const said = words.office.status;
  if (name === 'serverAtMs' && typeof value === 'number') return [said.clock, clock.exact(value)];
  if (name === 'uptimeMs' && typeof value === 'number') return [said.uptime, roughLength(value, words.films)];
  if (name === 'down' && Array.isArray(value))
    return [said.broken, value.length === 0 ? words.frame.none : value.join('，')];
  return [name, typeof value === 'string' ? value : JSON.stringify(value)];
}

async function readHealth(): Promise<Health> {
  const [up, ready] = await Promise.all([ask('/healthz'), ask('/readyz')]);
  const facts = Object.entries({ ...up.told, ...ready.told }).filter(([name]) => name !== 'status');
  return { isUp: up.isOk, isReady: ready.isOk, facts, atMs: Date.now() };
}

async function ask(path: string): Promise<{ readonly isOk: boolean; readonly told: object }> {
  try {
    const response = await fetch(path, { credentials: 'same-origin' });
    const told: unknown = await response.json();
    return { isOk: response.ok, told: typeof told === 'object' && told !== null ? told : {} };
  } catch {
    return { isOk: false, told: {} };
  }
}
