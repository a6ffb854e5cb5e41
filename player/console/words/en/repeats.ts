import type { Words } from '../words.tsx';
import { counted } from './counted.ts';

const week = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const nameOf = (weekday: number): string => week[weekday - 1] ?? '';
const dateName = (date: number): string => (date === -1 ? 'last day' : String(date));
const whichWeek = (which: number): string => (which === -1 ? 'last' : `no. ${which}`);

export const repeats: Words['repeats'] = {
  title: 'Repeat',
  open: 'Repeat…',
  every: 'Repeat',
  kinds: {
    none: 'once',
    day: 'daily',
    week: 'on weekdays',
    month: 'on dates of the month',
    'month-weekday': 'on a weekday of the month',
  },
  weekday: nameOf,
  dateName,
  whichWeek,
  rules: {
    day: () => 'Daily',
    week: (weekdays) => `Weekly on ${weekdays.map(nameOf).join(', ')}`,
    month: (dates) => `Monthly on ${dates.map(dateName).join(', ')}`,
    monthWeekday: (weekday, which) => `Monthly on the ${whichWeek(which)} ${nameOf(weekday)}`,
  },
  weekdays: 'Weekdays',
  dates: 'Dates',
  which: 'Which',
  until: 'Last day (included)',
  untilEnd: 'to the end of the plan',
  except: 'Not on',
  exceptHint: 'Choose the days to leave out.',
  upTo: (date) => `until ${date}`,
  comma: ', ',
  excepted: (count) => `but for ${counted(count, 'day')}`,
  preview: (count, days) =>
    count === 0 ? 'On no day of the plan.' : `On ${counted(count, 'day')}: ${days.join(', ')}`,
  notToday: 'Not on this day',
  ghost: (day) => `Repeats from ${day}`,
  ghostLabel: (clock, title) => `${clock} ${title}, repeated`,
  thisDay: 'Remove on this day',
  following: 'Remove on this day and later',
  wholeSeries: 'Remove every day of it',
  detach: 'Change this day alone',
  toRule: 'Go to its row',
  shortcuts:
    'Repeats: Alt+R sets the rule; on a repeated row Delete removes this day, Shift+Delete this day and later, E changes this day alone, Enter goes to its row.',
};
