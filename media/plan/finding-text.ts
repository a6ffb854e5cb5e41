import type { FilmState } from '../film/film-state.ts';
import { chineseFilmStates } from '../film/film-state-words.ts';
import type { FindingCode, PlanFinding } from './finding.ts';

/** Languages of the screens. */
export type Language = 'zh' | 'en';

type Text = (value: (name: string) => string) => string;

/** Seconds as people read them: `45 s`, `12 min 4 s`. */
function spoken(secondsText: string, language: Language): string {
  const total = Number(secondsText);
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  const units = language === 'zh' ? ['分', '秒'] : [' min', ' s'];
  const parts = [
    minutes > 0 ? `${minutes}${units[0] ?? ''}` : '',
    seconds > 0 || minutes === 0 ? `${seconds}${units[1] ?? ''}` : '',
  ];
  return parts.filter((part) => part !== '').join(language === 'zh' ? '' : ' ');
}

const isState = (text: string): text is FilmState => Object.hasOwn(chineseFilmStates, text);
const stateWord = (text: string): string => (isState(text) ? chineseFilmStates[text] : text);

/** First and last day of a film, as far as it has them. */
function dates(value: (name: string) => string, ...[from, fromEnd, until, untilEnd]: readonly string[]): string {
  const [first, last] = [value('airFrom'), value('airUntil')];
  const parts = [
    first === '' ? '' : `${from ?? ''}${first}${fromEnd ?? ''}`,
    last === '' ? '' : `${until ?? ''}${last}${untilEnd ?? ''}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Each sentence says what is wrong and where, and ends with the cure. */
const chinese: Readonly<Record<FindingCode, Text>> = {
  empty_plan: () => '计划里没有节目。请至少添加一个节目。',
  off_grid: (p) => `《${p('title')}》的开始时间 ${p('start')} 不在 4 秒播出格上。请改为整分钟，或秒数为 4 的倍数。`,
  overlap: (p) =>
    `《${p('title')}》于 ${p('start')} 开始时，第 ${p('otherRow')} 行《${p('otherTitle')}》还差 ${p('seconds')}没有播完。请推迟本节目，或为前一节目设定时长。`,
  gap: (p) =>
    `第 ${p('otherRow')} 行《${p('otherTitle')}》于 ${p('start')} 结束后空 ${p('seconds')}，将播出垫片。可加入节目，或保持不变。`,
  slate_scrap: (p) =>
    `第 ${p('otherRow')} 行《${p('otherTitle')}》与《${p('title')}》之间只空 ${p('seconds')}（${p('start')} 起），垫片会一闪而过。请让本节目紧接上一节目，或提前开始。`,
  film_missing: (p) => `${p('start')} 的节目：片库中没有编号为 ${p('filmId')} 的片。请从片库中重新选择。`,
  film_not_ready: (p) =>
    `${p('start')} 的《${p('title')}》还不能播出（${stateWord(p('state'))}）。请等待制作和审核完成，或换一部片。`,
  film_not_passed: (p) =>
    p('state') === 'refused'
      ? `${p('start')} 的《${p('title')}》被审核员退回，不能播出。请修改后重新送审，或换一部片。`
      : `${p('start')} 的《${p('title')}》还没有通过审核，不能播出。请审核员审核通过，或换一部片。`,
  not_channel_ready: (p) =>
    `${p('start')} 的《${p('title')}》没有播出合格证，不能在频道播出。请重新制作该片，或换一部片。`,
  film_withdrawn: (p) => `${p('start')} 的《${p('title')}》已撤回，不能播出。请换一部片。`,
  film_expired: (p) =>
    `${p('start')} 的《${p('title')}》不在可播出的日期之内（${dates(p, '自 ', ' 起', '至 ', ' 止')}）。请改期、换一部片，或核实后修改该片的播出期限。`,
  alternate_airs: (p) =>
    `${p('start')} 的《${p('title')}》不能播出，将由备播片《${p('alternate')}》代替。请等待原片就绪，或直接改排备播片。`,
  alternate_not_ready: (p) =>
    `${p('start')} 的《${p('title')}》，其备播片《${p('alternate')}》不能播出。请等待它就绪，或另选一部备播片。`,
  repeat_without_day: (p) =>
    `自 ${p('start')} 起重复的《${p('title')}》在计划的日期内没有一天播出。请修改重复的日子、例外或开始时间。`,
  item_too_short: (p) =>
    `${p('start')} 的《${p('title')}》只播出 ${p('seconds')}，少于最短的 ${p('shortestS')} 秒。请设定更长的时长，或与其他短片合并。`,
  truncated: (p) =>
    `${p('start')} 的《${p('title')}》，结尾 ${p('seconds')}不会播出。如需播完，请延长时长或推迟下一个节目。`,
  late: (p) =>
    `《${p('title')}》要等前一节目播完，将由 ${p('planned')} 推迟 ${p('seconds')}，于 ${p('start')} 开始。如需准时，请改为准时开始并调整前一节目。`,
  start_in_past: (p) => `《${p('title')}》的开始时间 ${p('start')} 已经过去。请改为以后的时间。`,
  outside_plan: (p) =>
    `《${p('title')}》的开始时间 ${p('start')} 不在计划的日期之内（${p('from')} 至 ${p('to')} 之前）。请修改时间或计划的日期。`,
  start_missing: (p) => `《${p('title')}》没有开始时间。请填写时间，或改为“紧接上一节目”。`,
  follow_without_previous: (p) => `《${p('title')}》设为紧接上一节目，但它前面没有节目。请填写开始时间。`,
  no_package: (p) =>
    `${p('start')} 的《${p('title')}》没有本频道所需的 ${p('package')} 封装。请重新制作该片，或换一部片。`,
  language_missing: (p) =>
    `${p('start')} 的《${p('title')}》没有本频道标明的语言：${p('languages')}，将改播主要语言。请为该片添加这种语言的配音，或在提交时说明原因。`,
  must_watch_cut: (p) =>
    p('alternate') === ''
      ? `${p('start')} 的必看节目《${p('title')}》没有播完整，少 ${p('seconds')}。请留出足够的时间，或在提交时说明原因。`
      : `${p('start')} 的必看节目《${p('title')}》由备播片《${p('alternate')}》代替。请等待原片就绪，或在提交时说明原因。`,
  outside_open_slot: (p) =>
    `${p('start')} 的《${p('title')}》从 ${p('from')} 起有 ${p('seconds')}不在县里开放的时段内，不会播出。开放时段为 ${p('slotStart')} 至 ${p('slotEnd')}，请改到该时段内或缩短时长。`,
  no_open_slot: (p) =>
    `${p('start')} 的《${p('title')}》之后没有县里开放的时段，不会播出。请改到开放时段内，或请县里开放时段。`,
  must_carry: (p) =>
    `${p('start')} 的《${p('title')}》与必看节目《${p('otherTitle')}》（${p('otherStart')}）冲突，必看节目不可替换。请改到开放时段内。`,
  notice_lead: (p) =>
    `有 ${p('items')} 个节目离播出不到 24 小时，最早的是 ${p('start')} 的《${p('title')}》，公示时间不足。请推迟，或在提交时说明原因。`,
};

const english: Readonly<Record<FindingCode, Text>> = {
  empty_plan: () => 'The plan has no items. Add at least one.',
  off_grid: (p) =>
    `"${p('title')}" starts at ${p('start')}, which is not on the 4 s grid. Use a whole minute, or seconds that 4 divides.`,
  overlap: (p) =>
    `"${p('title')}" starts at ${p('start')} while "${p('otherTitle')}" (row ${p('otherRow')}) still has ${p('seconds')} to run. Start it later, or give the earlier item a shorter length.`,
  gap: (p) =>
    `Nothing is planned for ${p('seconds')} after "${p('otherTitle')}" (row ${p('otherRow')}) ends at ${p('start')}; slate airs. Add an item, or leave it so.`,
  slate_scrap: (p) =>
    `Only ${p('seconds')} lie between "${p('otherTitle')}" (row ${p('otherRow')}) and "${p('title')}", from ${p('start')} on: slate flashes up. Let the item follow the one before it, or start it earlier.`,
  film_missing: (p) => `The library has no film ${p('filmId')}, planned at ${p('start')}. Choose one from the library.`,
  film_not_ready: (p) =>
    `"${p('title')}", planned at ${p('start')}, cannot air yet (state ${p('state')}). Wait until it is made and reviewed, or choose another film.`,
  film_not_passed: (p) =>
    p('state') === 'refused'
      ? `A reviewer returned "${p('title')}", planned at ${p('start')}. Have it changed and reviewed again, or choose another film.`
      : `"${p('title')}", planned at ${p('start')}, was not passed by a reviewer yet. Have it reviewed, or choose another film.`,
  not_channel_ready: (p) =>
    `"${p('title')}", planned at ${p('start')}, has no channel-ready certificate. Have it encoded anew, or choose another film.`,
  film_withdrawn: (p) =>
    `"${p('title')}", planned at ${p('start')}, was withdrawn and cannot air. Choose another film.`,
  film_expired: (p) =>
    `"${p('title')}", planned at ${p('start')}, may not be shown then (${dates(p, 'from ', '', 'until ', '')}). Move the item, choose another film, or correct the film's days.`,
  alternate_airs: (p) =>
    `"${p('title')}", planned at ${p('start')}, cannot air; its alternate "${p('alternate')}" stands in. Wait until the film is ready, or plan the alternate itself.`,
  alternate_not_ready: (p) =>
    `"${p('alternate')}", an alternate of "${p('title')}" at ${p('start')}, cannot air. Wait until it is ready, or choose another alternate.`,
  repeat_without_day: (p) =>
    `"${p('title')}", repeated from ${p('start')} on, airs on no day of the plan. Change the days, the exceptions or the start.`,
  item_too_short: (p) =>
    `"${p('title')}", planned at ${p('start')}, is on air for ${p('seconds')} only; ${p('shortestS')} s is the least. Give it more time, or join it with other short films.`,
  truncated: (p) =>
    `The last ${p('seconds')} of "${p('title')}", which starts at ${p('start')}, do not air. To show them, lengthen the item or start the next one later.`,
  late: (p) =>
    `"${p('title')}", planned at ${p('planned')}, waits for the item before it and starts ${p('seconds')} late, at ${p('start')}. For an exact start make it hard and shorten the item before it.`,
  start_in_past: (p) => `"${p('title')}" starts at ${p('start')}, which is over. Choose a later time.`,
  outside_plan: (p) =>
    `"${p('title')}" starts at ${p('start')}, outside of the plan (from ${p('from')} until before ${p('to')}). Change the time or the plan's dates.`,
  start_missing: (p) => `"${p('title')}" has no start. Give it a time, or let it follow the item before it.`,
  follow_without_previous: (p) => `"${p('title')}" follows the item before it, but there is none. Give it a start.`,
  no_package: (p) =>
    `"${p('title')}", planned at ${p('start')}, has no ${p('package')} package, which this channel airs. Have the film made again, or choose another one.`,
  language_missing: (p) =>
    `"${p('title')}", planned at ${p('start')}, lacks ${p('languages')}, which the channel declares; its main language is heard instead. Add that language to the film, or give a reason when you submit.`,
  must_watch_cut: (p) =>
    p('alternate') === ''
      ? `The must-watch item "${p('title')}" at ${p('start')} is not shown whole: ${p('seconds')} are missing. Give it enough time, or give a reason when you submit.`
      : `The must-watch item "${p('title')}" at ${p('start')} is replaced by its alternate "${p('alternate')}". Wait until the film is ready, or give a reason when you submit.`,
  outside_open_slot: (p) =>
    `${p('seconds')} of "${p('title')}", planned at ${p('start')}, lie outside of the open slot from ${p('from')} on and do not air. The slot is open from ${p('slotStart')} to ${p('slotEnd')}: move the item into it or shorten it.`,
  no_open_slot: (p) =>
    `No slot is open to "${p('title')}", planned at ${p('start')}, nor later, so it does not air. Move it into an open slot, or ask the county to open one.`,
  must_carry: (p) =>
    `"${p('title')}", planned at ${p('start')}, would displace "${p('otherTitle')}" (${p('otherStart')}), which must be watched everywhere. Move it into an open slot.`,
  notice_lead: (p) =>
    `${p('items')} item(s) start less than 24 h from now, the first is "${p('title')}" at ${p('start')}: too late for the notice board. Move them, or give a reason when you submit.`,
};

const texts = { zh: chinese, en: english };

/** Finding as a sentence for people, with its cure. */
export function findingText(finding: PlanFinding, language: Language): string {
  const value = (name: string): string => {
    const raw = String(finding.params[name] ?? '');
    return name === 'seconds' ? spoken(raw, language) : raw;
  };
  return texts[language][finding.code](value);
}
