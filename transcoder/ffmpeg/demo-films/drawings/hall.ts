import { box, disc, gradient, oval, placed, polygon, shape, stroke, upTo } from './svg.ts';
import type { Drawing } from './svg.ts';
import { facing, fromBehind } from './people.ts';

const window = (x: number): string =>
  box([x, 250, 250, 300], '#f7f3ea', 6) +
  box([x + 14, 264, 222, 272], '#a9d9ef') +
  shape(`M${String(x + 14)},536 l0,-70 q60,-50 120,-14 q60,-46 102,10 l0,74 Z`, '#7fb98a') +
  box([x + 119, 264, 12, 272], '#f7f3ea') +
  box([x + 14, 392, 222, 10], '#f7f3ea');

const hall: Drawing = {
  name: 'hall',
  width: 1920,
  height: 1080,
  body:
    `<defs>${gradient('wall', ['#f6ecd9', '#eadcc0'])}</defs>` +
    box([0, 0, 1920, 820], 'url(#wall)') +
    box([0, 700, 1920, 120], '#c89f6b') +
    box([0, 694, 1920, 10], '#a87f4e') +
    box([0, 820, 1920, 260], '#b98d63') +
    upTo(7)
      .map((index) =>
        stroke(`M${String(960 + (index - 3) * 150)},820 L${String(960 + (index - 3) * 420)},1080`, '#a67c55', 3),
      )
      .join('') +
    window(1240) +
    window(1560) +
    shape('M230,96 H1370 V196 Q800,220 230,196 Z', '#c8281e') +
    shape('M230,96 H1370 V108 H230 Z', '#e8b84a') +
    shape('M200,60 Q250,120 214,230 L190,230 Z M1400,60 Q1350,120 1386,230 L1410,230 Z', '#a81d16') +
    box([60, 560, 90, 190], '#f1e7d3', 6) +
    disc([104, 520], 62, '#4f9a55') +
    disc([66, 556], 44, '#3f8a4b') +
    disc([140, 560], 46, '#62ab60'),
};

const cup = (x: number): string =>
  box([x, -46, 34, 46], '#ffffff', 6) +
  box([x + 6, -54, 22, 10], '#c8d6dc', 4) +
  stroke(`M${String(x + 34)},-34 q20,4 0,20`, '#ffffff', 5);

const papers = (x: number): string =>
  polygon(
    [
      [x, 0],
      [x + 18, -22],
      [x + 108, -22],
      [x + 96, 0],
    ],
    '#fbfbf6',
  ) + stroke(`M${String(x + 26)},-14 h58 M${String(x + 22)},-8 h58`, '#b8c2c6', 3);

const meetingTable: Drawing = {
  name: 'meeting-table',
  width: 1200,
  height: 420,
  body:
    placed(facing({ coat: '#3f5f86', hair: '#2b2522' }), [170, 250]) +
    placed(facing({ coat: '#8a4a4f', hair: '#3a2a24' }), [450, 250]) +
    placed(facing({ coat: '#4d7a58', hair: '#241f1d' }), [740, 250]) +
    placed(facing({ coat: '#5a5470', hair: '#6d6a68' }), [1020, 250]) +
    box([10, 240, 1180, 40], '#8d5a34', 8) +
    box([10, 240, 1180, 10], '#a97045', 5) +
    box([40, 280, 1120, 120], '#744726') +
    box([70, 296, 500, 88], '#7f5230', 4) +
    box([630, 296, 500, 88], '#7f5230', 4) +
    [250, 540, 830].map((x) => placed(cup(x), [0, 240])).join('') +
    [60, 330, 620, 900].map((x) => placed(papers(x), [0, 240])).join(''),
};

const row = (name: string, coats: readonly string[], offset: number): Drawing => ({
  name,
  width: 1920,
  height: 250,
  body: coats
    .map((coat, index) =>
      placed(fromBehind({ coat, hair: ['#2b2522', '#3a2f2a', '#55504c'][index % 3] ?? '#2b2522' }), [
        offset + (index * 1920) / coats.length,
        252,
      ]),
    )
    .join(''),
});

const audience = row('audience', ['#4a6076', '#7a5a4a', '#51705a', '#64587a', '#7c4a4e', '#48687a', '#6b6450'], 140);

const phone: Drawing = {
  name: 'phone',
  width: 420,
  height: 800,
  body:
    box([0, 0, 420, 800], '#20262b', 56) +
    box([18, 22, 384, 756], '#f1f5f7', 40) +
    box([18, 22, 384, 110], '#2f86c9', 40) +
    box([18, 92, 384, 40], '#2f86c9') +
    box([150, 40, 120, 18], '#20262b', 9) +
    disc([80, 200], 34, '#9aaab3') +
    box([126, 170, 238, 96], '#ffffff', 18) +
    box([146, 192, 190, 14], '#b7c3ca', 7) +
    box([146, 222, 140, 14], '#b7c3ca', 7) +
    disc([80, 330], 34, '#9aaab3') +
    box([126, 300, 238, 130], '#ffe3dd', 18) +
    box([146, 324, 190, 14], '#e0705c', 7) +
    box([146, 354, 170, 14], '#e0705c', 7) +
    box([146, 384, 120, 26], '#d8402f', 13) +
    disc([340, 510], 34, '#58a77a') +
    box([60, 478, 234, 96], '#cdeed6', 18) +
    box([82, 500, 180, 14], '#5f9b74', 7) +
    box([82, 530, 120, 14], '#5f9b74', 7) +
    box([42, 690, 336, 56], '#ffffff', 28) +
    disc([346, 718], 22, '#2f86c9'),
};

const shield: Drawing = {
  name: 'shield',
  width: 300,
  height: 350,
  body:
    shape('M150,6 L290,52 V170 Q284,282 150,344 Q16,282 10,170 V52 Z', '#1f8a5b') +
    shape('M150,30 L268,70 V170 Q262,266 150,318 Z', '#2ba46e') +
    stroke('M84,176 L134,228 L222,122', '#ffffff', 30),
};

const warning: Drawing = {
  name: 'warning',
  width: 220,
  height: 200,
  body:
    shape('M110,8 Q120,8 126,18 L212,170 Q218,190 198,192 L22,192 Q2,190 8,170 L94,18 Q100,8 110,8 Z', '#f2b632') +
    box([99, 62, 22, 74], '#5b3b08', 10) +
    disc([110, 160], 13, '#5b3b08'),
};

const coin: Drawing = {
  name: 'coin',
  width: 120,
  height: 120,
  body:
    disc([60, 60], 58, '#e2a52b') +
    disc([60, 60], 46, '#f6c750') +
    stroke('M38,32 L60,60 L82,32 M60,60 V92 M40,62 H80 M40,77 H80', '#a86d10', 8),
};

const room: Drawing = {
  name: 'room',
  width: 1920,
  height: 1080,
  body:
    `<defs>${gradient('paper', ['#dcebf4', '#f4f8f3'])}</defs>` +
    box([0, 0, 1920, 1080], 'url(#paper)') +
    oval([1520, 1010], 420, 56, '#c3d6df') +
    upTo(5)
      .map((index) => disc([180 + index * 430, 980 - (index % 2) * 60], 160, '#cfe3ec'))
      .join('') +
    box([0, 1020, 1920, 60], '#bcd3de'),
};

/** Indoor pictures: the village meeting room and the telephone. */
export const HALL_DRAWINGS: readonly Drawing[] = [hall, meetingTable, audience, phone, shield, warning, coin, room];
