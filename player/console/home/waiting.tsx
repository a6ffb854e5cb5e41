import { CheckCircleOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { Plan } from '../../../media/contract/planning.ts';
import { useFilms } from '../films/film-queries.ts';
import { Loaded } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { call } from '../session/api.ts';
import { mayDo, type Person, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

const lookAgainMs = 15_000;

/** Things that only this person, or somebody with the same role, can do next. */
export function Waiting() {
  const words = useWords().frame.home;
  const { person } = useSession();
  const films = useFilms({ state: 'review' });
  const mayReadPlans = mayDo(person, 'read-plans');
  const plans = useQuery({
    queryKey: ['plans', 'waiting'],
    queryFn: async () => (mayReadPlans ? (await call('listPlans', { query: { limit: '100' } })).items : []),
    refetchInterval: lookAgainMs,
  });
  const toReview = mayDo(person, 'review-film')
    ? (films.data?.pages[0]?.items.filter(({ owner }) => owner.id !== person.id).length ?? 0)
    : 0;
  return (
    <Loaded from={plans}>
      {(items) => {
        const count = (state: Plan['state'], keep: (plan: Pick<Plan, 'author'>) => boolean) =>
          items.filter((plan) => plan.state === state && keep(plan)).length;
        const tasks = [
          { count: toReview, text: words.toReview, path: ['review'] },
          {
            count: mayApprove(person) ? count('submitted', ({ author }) => author.id !== person.id) : 0,
            text: words.toApprove,
            path: ['plans'],
          },
          {
            count: mayDo(person, 'publish-plan') ? count('approved', () => true) : 0,
            text: words.toPublish,
            path: ['plans'],
          },
          { count: count('draft', ({ author }) => author.id === person.id), text: words.drafts, path: ['plans'] },
        ].filter((task) => task.count > 0);
        if (tasks.length === 0) {
          return (
            <p className="muted">
              <CheckCircleOutlined /> {words.nothing}
            </p>
          );
        }
        return (
          <ul className="tasks">
            {tasks.map((task) => (
              <li key={task.text(task.count)}>
                <a href={linkTo(...task.path)}>
                  {task.text(task.count)}
                  <RightOutlined aria-hidden />
                </a>
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}

const mayApprove = (person: Person): boolean => mayDo(person, 'approve-plan');
