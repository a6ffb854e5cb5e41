import { formatCivilTime, parseCivilTime } from '../../../../media/grid/civil-time.ts';
import { CountyDate } from '../../parts/county-date.tsx';
import { useClock } from '../../parts/use-clock.ts';
import { useWords } from '../../words/words.tsx';
import { readClock, showClock } from '../clock-text.ts';
import { TypedField } from '../typed-field.tsx';

/** The day and the time of day (county time) from which it is rehearsed. */
export function ChooseInstant(props: { readonly atMs: number; readonly onChoose: (atMs: number) => void }) {
  const words = useWords().rehearsal;
  const { zone } = useClock();
  const civil = formatCivilTime(props.atMs, zone);
  const [day, time] = [civil.slice(0, 10), civil.slice(11, 19)];
  const choose = (civilTime: string) => {
    const read = parseCivilTime(civilTime, zone);
    if (read.ok) props.onChoose(read.atMs);
  };
  return (
    <div className="rehearsal-when">
      <CountyDate aria-label={words.day} value={day} onChange={(chosen) => choose(`${chosen}T${time}`)} />
      <TypedField
        label={words.time}
        hint={words.timeHint}
        value={showClock(time)}
        read={readClock}
        onRead={(chosen) => choose(`${day}T${chosen}`)}
      />
    </div>
  );
}
