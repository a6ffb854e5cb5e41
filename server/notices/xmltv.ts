import { zoneOffsetMs } from '../../media/grid/civil-time.ts';
import type { AnnouncedItem } from './announced-item.ts';
import { xmlElement, xmlText } from './xml-text.ts';

/** What an XMLTV file is about. */
export interface GuideAbout {
  readonly channelId: string;
  readonly channelName: string;
  /** County zone: times carry its offset, for floating times mean something else in every reader. */
  readonly timeZone: string;
  /** Name of a category by its code. */
  readonly categoryName: (code: string) => string;
}

const minuteMs = 60_000;
const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** An instant as XMLTV writes it: `20261201193000 +0800`. */
export function xmltvTime(atMs: number, timeZone: string): string {
  const offsetMs = zoneOffsetMs(timeZone, atMs);
  const digits = new Date(atMs + offsetMs).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  const minutes = Math.abs(offsetMs) / minuteMs;
  return `${digits} ${offsetMs < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}${twoDigits(minutes % 60)}`;
}

/** One programme; the order of its parts is the DTD's. */
function programme(item: AnnouncedItem, about: GuideAbout): string {
  const { startAtMs, endAtMs, title, category, mustWatch } = item;
  const inside = [
    xmlElement('title', { lang: 'zh' }, xmlText(title)),
    category === undefined ? '' : xmlElement('category', { lang: 'zh' }, xmlText(about.categoryName(category))),
    mustWatch ? xmlElement('keyword', { lang: 'zh' }, '必看') : '',
    xmlElement('length', { units: 'minutes' }, String(Math.max(1, Math.round((endAtMs - startAtMs) / minuteMs)))),
  ];
  const times = {
    start: xmltvTime(startAtMs, about.timeZone),
    stop: xmltvTime(endAtMs, about.timeZone),
    channel: about.channelId,
  };
  return xmlElement('programme', times, inside.join(''));
}

/** A guide as XMLTV (xmltv.dtd 0.5): one channel, its items in order, without overlaps. */
export function writeXmltv(items: readonly AnnouncedItem[], about: GuideAbout): string {
  const channel = xmlElement(
    'channel',
    { id: about.channelId },
    xmlElement('display-name', { lang: 'zh' }, xmlText(about.channelName)),
  );
  const lines = [channel, ...items.map((item) => programme(item, about))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE tv SYSTEM "xmltv.dtd">',
    xmlElement('tv', { 'generator-info-name': 'Yuanbo' }, `\n${lines.join('\n')}\n`),
    '',
  ].join('\n');
}
