import { standing } from './people.ts';
import { box, disc, gradient, oval, placed, polygon, seeded, shape, skyline, stroke, upTo } from './svg.ts';
import type { Drawing } from './svg.ts';

const greenhouse: Drawing = {
  name: 'greenhouse',
  width: 1080,
  height: 1920,
  body:
    `<defs>${gradient('film', ['#e6f4f2', '#f6faef', '#e8f1d8'])}</defs>${box([0, 0, 1080, 1920], 'url(#film)')}` +
    upTo(5)
      .map((index) => {
        const inset = index * 88;
        return stroke(
          `M${String(20 + inset)},1500 V${String(620 + inset * 0.7)} Q540,${String(-120 + inset * 1.5)} ${String(1060 - inset)},${String(620 + inset * 0.7)} V1500`,
          index === 4 ? '#c2d3d0' : '#a9bfbb',
          16 - index * 2.4,
        );
      })
      .join('') +
    stroke('M540,180 V640', '#b7cac6', 6) +
    polygon(
      [
        [380, 1130],
        [700, 1130],
        [1080, 1920],
        [0, 1920],
      ],
      '#c9a97c',
    ) +
    polygon(
      [
        [500, 1130],
        [580, 1130],
        [760, 1920],
        [320, 1920],
      ],
      '#d9bf97',
    ) +
    polygon(
      [
        [380, 1130],
        [500, 1130],
        [320, 1920],
        [0, 1920],
      ],
      '#a98258',
    ) +
    polygon(
      [
        [580, 1130],
        [700, 1130],
        [1080, 1920],
        [760, 1920],
      ],
      '#a98258',
    ),
};

const leaf = (x: number, y: number, angle: number, size: number, fill: string): string =>
  `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(0)}) scale(${size.toFixed(2)})">${shape('M0,0 Q30,-34 84,-20 Q70,6 92,18 Q50,34 0,0 Z', fill)}</g>`;

const tomatoPlant = (seed: number): string => {
  const random = seeded(seed);
  const leaves = upTo(13).map((index) => {
    const y = -60 - index * 54;
    const side = index % 2 ? 1 : -1;
    return leaf(
      0,
      y,
      side > 0 ? -18 + random() * 26 : 180 + 18 - random() * 26,
      1 + random() * 0.5,
      index % 3 ? '#3f9147' : '#57a952',
    );
  });
  const fruit = upTo(5).map((index) => {
    const [x, y] = [(index % 2 ? -1 : 1) * (34 + random() * 18), -120 - index * 118];
    const colour = index < 3 ? '#e24a33' : index === 3 ? '#f0913a' : '#a8c957';
    return (
      disc([x, y], 34, colour) +
      disc([x + 26, y + 44], 29, colour) +
      disc([x - 10, y - 12], 9, '#ffffff55') +
      shape(`M${(x - 16).toFixed(1)},${(y - 30).toFixed(1)} l16,-12 l16,12 l-16,7 Z`, '#2f7a3c')
    );
  });
  return (
    stroke('M0,0 C14,-200 -14,-480 4,-760', '#4c8a3c', 14) +
    stroke('M22,0 V-800', '#d8d2bd', 5) +
    leaves.join('') +
    fruit.join('')
  );
};

const tomatoRow: Drawing = {
  name: 'tomato-row',
  width: 1920,
  height: 900,
  body: upTo(8)
    .map((index) => placed(tomatoPlant(3 + (index % 4)), [120 + index * 240, 880]))
    .join(''),
};

const thermometer: Drawing = {
  name: 'thermometer',
  width: 120,
  height: 380,
  body:
    box([34, 6, 52, 290], '#ffffff', 26) +
    disc([60, 316], 52, '#ffffff') +
    disc([60, 316], 38, '#e0472f') +
    box([48, 120, 24, 200], '#e0472f', 12) +
    upTo(6)
      .map((index) => stroke(`M90,${String(50 + index * 40)} h18`, '#54636b', 6))
      .join(''),
};

const soilFace: Drawing = {
  name: 'soil-face',
  width: 1920,
  height: 1080,
  body:
    `<defs>${gradient('day', ['#8ccdf0', '#e2f3f3'])}</defs>${box([0, 0, 1920, 560], 'url(#day)')}` +
    shape(
      skyline(
        [1920, 560],
        [
          [2, 36, 0.5],
          [5, 12, 2],
        ],
        430,
      ),
      '#9dcbaa',
    ) +
    box([0, 500, 1920, 60], '#7cb359') +
    [
      ['#5d4330', 540],
      ['#7a573b', 650],
      ['#9b7350', 790],
      ['#b99268', 930],
    ]
      .map(([fill = '', y = 0], index) =>
        shape(
          `M0,${String(y)} ${upTo(13)
            .map(
              (step) =>
                `Q${String(step * 160 - 80)},${String(Number(y) + ((step + index) % 2 ? 22 : -18))} ${String(step * 160)},${String(y)}`,
            )
            .join(' ')} V1080 H0 Z`,
          String(fill),
        ),
      )
      .join('') +
    upTo(36)
      .map((index) =>
        oval(
          [((index * 421) % 1900) + 10, 600 + ((index * 197) % 440)],
          14 + (index % 4) * 6,
          8 + (index % 3) * 4,
          index % 2 ? '#4a3526' : '#caa77c',
        ),
      )
      .join(''),
};

const cornPlant = (x: number, height: number): string =>
  placed(
    stroke(`M0,0 V${String(-height)}`, '#4f9440', 10) +
      [0.25, 0.45, 0.65, 0.85]
        .map((at, index) => {
          const y = -height * at;
          const side = index % 2 ? 1 : -1;
          return shape(
            `M0,${y.toFixed(1)} q${String(side * 50)},-50 ${String(side * 100)},-6 q${String(side * -50)},-24 ${String(side * -100)},22 Z`,
            index % 2 ? '#62b04a' : '#4f9c40',
          );
        })
        .join('') +
      [-34, -12, 14, 36]
        .map((lean) => stroke(`M0,0 q${String(lean)},60 ${String(lean * 2)},150`, '#e8d9b8', 4))
        .join(''),
    [x, 240],
  );

const crop: Drawing = {
  name: 'crop',
  width: 1920,
  height: 420,
  body: upTo(12)
    .map((index) => cornPlant(80 + index * 160, 170 + (index % 3) * 24))
    .join(''),
};

const auger: Drawing = {
  name: 'auger',
  width: 130,
  height: 620,
  body:
    box([6, 0, 118, 26], '#d8402f', 13) +
    box([55, 20, 20, 420], '#8b979e') +
    box([40, 400, 50, 180], '#b9c4ca', 8) +
    box([54, 412, 22, 156], '#5d4330', 5) +
    polygon(
      [
        [40, 580],
        [90, 580],
        [65, 618],
      ],
      '#8b979e',
    ),
};

const sample: Drawing = {
  name: 'sample-bag',
  width: 190,
  height: 220,
  body:
    shape('M20,40 H170 L184,196 Q184,214 166,214 H24 Q6,214 6,196 Z', '#f4ead2') +
    box([30, 20, 130, 30], '#c9b58a', 8) +
    box([40, 86, 110, 70], '#ffffff', 6) +
    stroke('M54,108 h82 M54,130 h56', '#8d9aa1', 6),
};

const person: Drawing = {
  name: 'sampler',
  width: 240,
  height: 320,
  body: placed(standing({ coat: '#2f7fb5' }), [92, 312], 1.1),
};

/** Near things: the greenhouse for the phone film, the soil's face for the silent one. */
export const CLOSE_UP_DRAWINGS: readonly Drawing[] = [
  greenhouse,
  tomatoRow,
  thermometer,
  soilFace,
  crop,
  auger,
  sample,
  person,
];
