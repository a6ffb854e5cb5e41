import { useQuery } from '@tanstack/react-query';
import type { AlarmView } from '../../../media/contract/alarms.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';

const lookAgainMs = 60_000;

/** The item that is late, with the last step of the ladder that it reached. */
export type LateItem = AlarmView;

/** Items whose film is missing, the next one first; empty for those who have nothing to do with it. */
export function useAlarms() {
  const { person } = useSession();
  return useQuery({
    queryKey: ['alarms'],
    queryFn: async () => latest((await call('listAlarms', { query: {} })).items),
    enabled: mayDo(person, 'read-alarms'),
    refetchInterval: lookAgainMs,
  });
}

const order = ['day', 'two-hours', 'quarter', 'missed'];

/** One line an item: the alarm of its last step. */
function latest(alarms: readonly AlarmView[]): readonly LateItem[] {
  const items = new Map<string, AlarmView>();
  for (const alarm of alarms) {
    const key = `${alarm.channel}/${alarm.itemId}/${alarm.startAtMs}`;
    const known = items.get(key);
    if (known === undefined || order.indexOf(alarm.stage) > order.indexOf(known.stage)) items.set(key, alarm);
  }
  return [...items.values()].sort((a, b) => a.startAtMs - b.startAtMs);
}
