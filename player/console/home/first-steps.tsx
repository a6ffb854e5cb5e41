import { CheckCircleFilled, RightCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import type { Film } from '../../../media/contract/library.ts';
import { linkTo } from '../parts/route.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords, type Words } from '../words/words.tsx';

interface Step {
  readonly key: keyof Words['frame']['home']['steps'];
  readonly path: readonly string[];
  readonly isDone: boolean;
}

/** The way from an empty county to the first programme; gone once it is walked. */
export function FirstSteps() {
  const words = useWords().frame.home;
  const { person } = useSession();
  const isAdmin = mayDo(person, 'manage-channels');
  const steps = useQuery({ queryKey: ['first-steps'], queryFn: readSteps, enabled: isAdmin, staleTime: 10_000 });
  if (!isAdmin || steps.data === undefined || steps.data.every(({ isDone }) => isDone)) return null;
  return (
    <Card title={words.firstSteps} size="small">
      <ol className="steps">
        {steps.data.map(({ key, path, isDone }) => (
          <li key={key} className={isDone ? 'muted' : ''}>
            <a href={linkTo(...path)}>
              {isDone ? <CheckCircleFilled className="good" /> : <RightCircleOutlined />}
              {words.steps[key]}
            </a>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The slate is there from the start; it belongs to itself. */
const isByPeople = ({ id, owner }: Film): boolean => owner.id !== id;

async function readSteps(): Promise<readonly Step[]> {
  const [places, categories, users, films, plans] = await Promise.all([
    call('listPlaces'),
    call('listCategories'),
    call('listUsers', { query: { limit: '2' } }),
    call('listFilms', { query: { limit: '5' } }),
    call('listPlans', { query: { limit: '1' } }),
  ]);
  const has = (kind: string) => places.items.some((place) => place.kind === kind);
  return [
    { key: 'township', path: ['office', 'places'], isDone: has('township') },
    { key: 'station', path: ['office', 'places'], isDone: has('station') },
    { key: 'category', path: ['office', 'categories'], isDone: categories.items.length > 0 },
    { key: 'user', path: ['office', 'users'], isDone: users.items.length > 1 },
    { key: 'film', path: ['upload'], isDone: films.items.some(isByPeople) },
    { key: 'plan', path: ['plans'], isDone: plans.items.length > 0 },
  ];
}
