import { Card } from 'antd';
import { Screen } from '../parts/screen.tsx';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { FirstSteps } from './first-steps.tsx';
import { MyFilms } from './my-films.tsx';
import { OnAir } from './on-air.tsx';
import { Waiting } from './waiting.tsx';

/** What is on air and what waits for this person. */
export function Home() {
  const words = useWords().frame.home;
  const { person } = useSession();
  return (
    <Screen title={words.hello(person.name)}>
      <div className="home">
        {mayDo(person, 'manage-users') ? <FirstSteps /> : null}
        <Card title={words.waiting} size="small">
          <Waiting />
        </Card>
        <Card title={words.onAir} size="small">
          <OnAir />
          <p className="home-links">
            <a href="/station/">{words.openStation}</a>
            <a href="/board/county">{words.openBoard}</a>
            <a href="/">{words.openMember}</a>
          </p>
        </Card>
        {mayDo(person, 'upload-film') ? (
          <Card title={words.myFilms} size="small">
            <MyFilms />
          </Card>
        ) : null}
      </div>
    </Screen>
  );
}
