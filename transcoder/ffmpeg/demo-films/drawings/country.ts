import { box, disc, gradient, oval, placed, polygon, seeded, shape, skyline, stroke, upTo } from './svg.ts';
import type { Drawing, Point } from './svg.ts';

/** A sky with a sun; `colours` from top to bottom. */
const sky = (
  name: string,
  colours: readonly string[],
  sun?: readonly [...Point, radius: number, colour: string],
): Drawing => {
  const rings = sun
    ? [2.1, 1.55, 1].map(
        (ring, index) =>
          `<circle cx="${String(sun[0])}" cy="${String(sun[1])}" r="${String(sun[2] * ring)}" fill="${sun[3]}" opacity="${String([0.18, 0.3, 1][index])}"/>`,
      )
    : [];
  return {
    name,
    width: 1920,
    height: 1080,
    body: `<defs>${gradient('sky', colours)}</defs>${box([0, 0, 1920, 1080], 'url(#sky)')}${rings.join('')}`,
  };
};

const cloud = ([x, y]: Point, scale: number, fill: string): string =>
  placed(
    oval([0, 0], 90, 26, fill) + disc([-30, -18], 34, fill) + disc([22, -28], 44, fill) + disc([62, -8], 26, fill),
    [x, y],
    scale,
  );

const clouds: Drawing = {
  name: 'clouds',
  width: 1920,
  height: 260,
  body: [
    cloud([240, 90], 1.2, '#ffffff'),
    cloud([760, 170], 0.8, '#fbfdff'),
    cloud([1180, 80], 1, '#ffffff'),
    cloud([1620, 150], 1.3, '#fbfdff'),
  ].join(''),
};

const hillsFar: Drawing = {
  name: 'hills-far',
  width: 1920,
  height: 320,
  body:
    shape(
      skyline(
        [1920, 320],
        [
          [2, 60, 0.4],
          [5, 26, 1.9],
          [9, 8, 0.2],
        ],
        130,
      ),
      '#9cc7c4',
    ) +
    shape(
      skyline(
        [1920, 320],
        [
          [3, 44, 2.6],
          [7, 18, 0.7],
        ],
        200,
      ),
      '#7db3a4',
    ),
};

const hillsNear: Drawing = {
  name: 'hills-near',
  width: 1920,
  height: 240,
  body:
    shape(
      skyline(
        [1920, 240],
        [
          [2, 50, 4.1],
          [5, 16, 2.2],
        ],
        110,
      ),
      '#5f9f76',
    ) +
    shape(
      skyline(
        [1920, 240],
        [
          [3, 30, 0.9],
          [8, 8, 2.9],
        ],
        170,
      ),
      '#4f9063',
    ),
};

const house = (width: number, wall: string, roof: string): string =>
  box([0, -90, width, 90], wall) +
  polygon(
    [
      [-16, -88],
      [24, -140],
      [width - 24, -140],
      [width + 16, -88],
    ],
    roof,
  ) +
  box([-4, -90, width + 8, 5], '#3d4a52') +
  box([width / 2 - 16, -54, 32, 54], '#8a5a3c') +
  [0.16, 0.74]
    .map((at) => box([width * at, -66, 28, 28], '#5b7f95') + box([width * at + 12.5, -66, 3, 28], '#eef3f5'))
    .join('');

const tree = ([x, y]: Point, scale: number, leaf: string): string =>
  placed(
    box([-6, -60, 12, 60], '#7a5a3f') +
      disc([0, -100], 48, leaf) +
      disc([-32, -74], 34, leaf) +
      disc([34, -76], 36, leaf) +
      disc([-14, -112], 20, '#ffffff22'),
    [x, y],
    scale,
  );

const village: Drawing = {
  name: 'village',
  width: 1920,
  height: 220,
  body: [
    ...upTo(9).map((index) =>
      tree([90 + index * 217, 214], 0.75 + (index % 3) * 0.16, index % 2 ? '#3f8a52' : '#5aa55c'),
    ),
    placed(house(190, '#f6f1e6', '#56626b'), [150, 214]),
    placed(house(150, '#efe6d2', '#6b5550'), [420, 214], 0.9),
    placed(house(240, '#f8f4ea', '#4f5c66'), [760, 214]),
    placed(house(170, '#f3ead8', '#6a4f48'), [1130, 214], 0.92),
    placed(house(210, '#f7f2e8', '#56626b'), [1420, 214]),
    placed(house(140, '#efe6d2', '#5e6a72'), [1716, 214], 0.86),
  ].join(''),
};

/** A tuft of rice: leaves fanned out from a point. */
const tuft = ([x, y]: Point, height: number, colours: readonly [string, string]): string =>
  [-0.5, -0.24, 0.02, 0.27, 0.5]
    .map((lean, index) =>
      stroke(
        `M${(x + lean * 6).toFixed(1)},${y.toFixed(1)} q${(lean * height * 0.3).toFixed(1)},${(-height * 0.7).toFixed(1)} ${(lean * height).toFixed(1)},${(-height * (1 - Math.abs(lean) * 0.4)).toFixed(1)}`,
        colours[index % 2 ? 1 : 0],
        Math.max(2, height / 11),
      ),
    )
    .join('');

const paddyRows = (
  name: string,
  rows: readonly (readonly [y: number, height: number, step: number])[],
  size: readonly [number, number],
): Drawing => ({
  name,
  width: size[0],
  height: size[1],
  body:
    `<defs>${gradient('water', ['#a9dbe0', '#7fc1c9'])}</defs>` +
    box([0, 0, size[0], size[1]], 'url(#water)') +
    box([0, 0, size[0], 12], '#8a6f4d') +
    box([0, 0, size[0], 5], '#6faa57') +
    rows
      .map(([y, height, step], row) =>
        upTo(Math.round(size[0] / step))
          .map((index) => {
            const x = (index + 0.25 + (row % 2) / 2) * step;
            return (
              oval([x, y + 3], height * 0.55, Math.max(2, height * 0.1), '#68a9ae') +
              tuft([x, y], height, ['#57a83f', '#79c353'])
            );
          })
          .join(''),
      )
      .join(''),
});

const paddyFar = paddyRows(
  'paddy-far',
  [
    [44, 22, 48],
    [82, 30, 60],
    [130, 40, 80],
  ],
  [1920, 150],
);
const paddyNear = paddyRows(
  'paddy-near',
  [
    [78, 56, 120],
    [168, 76, 160],
    [290, 104, 192],
  ],
  [1920, 320],
);

const wheel = ([x, y]: Point, radius: number): string =>
  disc([x, y], radius, '#2d3338') +
  disc([x, y], radius * 0.62, '#c9d0d4') +
  disc([x, y], radius * 0.2, '#2d3338') +
  upTo(8)
    .map((index) => {
      const [dx, dy] = [Math.cos((index * Math.PI) / 4), Math.sin((index * Math.PI) / 4)];
      return stroke(
        `M${(x + dx * radius * 0.86).toFixed(1)},${(y + dy * radius * 0.86).toFixed(1)} l${(dx * radius * 0.24).toFixed(1)},${(dy * radius * 0.24).toFixed(1)}`,
        '#2d3338',
        8,
      );
    })
    .join('');

const farmer = (coat: string, hat = '#e8c877'): string =>
  box([-22, -78, 44, 62], coat, 14) +
  box([-20, -24, 17, 40], '#3b4a5c', 6) +
  box([4, -24, 17, 40], '#3b4a5c', 6) +
  stroke('M18,-66 q26,16 36,4', coat, 13) +
  disc([0, -98], 21, '#f0c7a0') +
  polygon(
    [
      [-42, -102],
      [0, -142],
      [42, -102],
    ],
    hat,
  ) +
  disc([54, -62], 8, '#f0c7a0');

const transplanter: Drawing = {
  name: 'transplanter',
  width: 420,
  height: 320,
  body:
    placed(farmer('#d9534a'), [196, 184], 1.05) +
    box([60, 176, 250, 26], '#d8402f', 8) +
    polygon(
      [
        [238, 112],
        [334, 126],
        [352, 204],
        [238, 204],
      ],
      '#e8523f',
    ) +
    box([292, 140, 44, 12], '#fff1c9', 4) +
    stroke('M236,182 L262,112', '#3a4147', 9) +
    polygon(
      [
        [16, 96],
        [82, 82],
        [124, 206],
        [56, 214],
      ],
      '#f4f6f3',
    ) +
    upTo(5)
      .map((index) => box([22 + index * 10, 84 - index * 2, 7, 62], index % 2 ? '#7cc653' : '#58a93f', 3))
      .join('') +
    stroke('M40,212 l-14,60 M76,210 l-14,62', '#50585e', 10) +
    box([150, 196, 150, 20], '#4b545b', 6) +
    wheel([180, 252], 58) +
    wheel([312, 262], 46),
};

const egret: Drawing = {
  name: 'egret',
  width: 150,
  height: 90,
  body:
    shape('M10,52 Q46,10 74,44 Q102,4 142,34 Q108,34 84,62 Q74,76 56,68 Q30,70 4,82 Q22,62 10,52 Z', '#ffffff') +
    shape('M84,58 Q112,58 134,66 L112,64 Q98,70 84,66 Z', '#f7fafb') +
    polygon(
      [
        [134, 64],
        [150, 68],
        [134, 69],
      ],
      '#f1a53a',
    ),
};

const sprout = seeded(7);
const grassFront: Drawing = {
  name: 'grass-front',
  width: 1920,
  height: 130,
  body: upTo(110)
    .map((index) => {
      const x = index * 17.45;
      return tuft([x, 132], 46 + sprout() * 64, index % 3 ? ['#2f7a3c', '#3f9249'] : ['#2a6f38', '#55a84f']);
    })
    .join(''),
};

/** Fields, hills, houses and machines seen from the road. */
export const COUNTRY_DRAWINGS: readonly Drawing[] = [
  sky('sky-morning', ['#6fc3ee', '#bfe6f2', '#fdf4d8'], [1440, 300, 82, '#ffe08a']),
  clouds,
  hillsFar,
  hillsNear,
  village,
  paddyFar,
  paddyNear,
  transplanter,
  egret,
  grassFront,
];
