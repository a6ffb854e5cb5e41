import { standing } from './people.ts';
import { box, disc, gradient, oval, placed, polygon, seeded, shape, skyline, stroke, upTo } from './svg.ts';
import type { Drawing } from './svg.ts';

interface Limb {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly length: number;
  readonly width: number;
}

/** A bare tree: every limb forks until it is a twig; the buds are the small dots at the ends. */
const limbs = (limb: Limb, random: () => number): string => {
  const [endX, endY] = [limb.x + Math.cos(limb.angle) * limb.length, limb.y - Math.sin(limb.angle) * limb.length];
  const wood = stroke(
    `M${limb.x.toFixed(1)},${limb.y.toFixed(1)} L${endX.toFixed(1)},${endY.toFixed(1)}`,
    '#6b4a35',
    limb.width,
  );
  if (limb.width < 3.4) return wood + disc([endX, endY], 4, '#b5654f');
  const forks = random() < 0.3 ? [-0.62, 0.02, 0.6] : [-0.5, 0.46];
  return (
    wood +
    forks
      .map((turn) =>
        limbs(
          {
            x: endX,
            y: endY,
            angle: limb.angle + turn + (random() - 0.5) * 0.3,
            length: limb.length * (0.68 + random() * 0.16),
            width: limb.width * 0.63,
          },
          random,
        ),
      )
      .join('')
  );
};

const bareTree = (x: number, y: number, seed: number, size: number): string => {
  const random = seeded(seed);
  const limb = { x: 0, y: 0, angle: Math.PI / 2, length: 96, width: 30 };
  return placed(
    limbs(limb, random) + box([-16, -52, 32, 52], '#f4f4ef', 6) + oval([0, 4], 66, 12, '#c7d3da'),
    [x, y],
    size,
  );
};

const winterSky: Drawing = {
  name: 'sky-winter',
  width: 1920,
  height: 1080,
  body: `<defs>${gradient('winter', ['#a9c6dc', '#dbe8ee', '#f7ead8'])}</defs>${box([0, 0, 1920, 1080], 'url(#winter)')}${disc([420, 250], 70, '#fff4d2')}`,
};

const winterHills: Drawing = {
  name: 'hills-winter',
  width: 1920,
  height: 360,
  body:
    shape(
      skyline(
        [1920, 360],
        [
          [2, 70, 1.2],
          [5, 24, 0.3],
        ],
        130,
      ),
      '#b7c9d4',
    ) +
    shape(
      skyline(
        [1920, 360],
        [
          [2, 70, 1.2],
          [5, 24, 0.3],
          [11, 6, 2],
        ],
        118,
      ),
      '#eef3f5',
    ) +
    shape(
      skyline(
        [1920, 360],
        [
          [3, 48, 3.4],
          [7, 14, 1.1],
        ],
        210,
      ),
      '#93abb4',
    ),
};

const orchardFar: Drawing = {
  name: 'orchard-far',
  width: 1920,
  height: 480,
  body:
    box([0, 236, 1920, 244], '#dfe6e4') +
    upTo(8)
      .map((index) => bareTree(120 + index * 240, 250, 31 + index, 0.62))
      .join(''),
};

const orchardNear: Drawing = {
  name: 'orchard-near',
  width: 1920,
  height: 520,
  body:
    box([0, 416, 1920, 104], '#eef2ef') +
    shape(
      skyline(
        [1920, 520],
        [
          [4, 8, 0.4],
          [9, 3, 1],
        ],
        440,
      ),
      '#e3e9e5',
    ) +
    upTo(4)
      .map((index) => bareTree(240 + index * 480, 452, 71 + index * 3, 1.16))
      .join(''),
};

const pruner: Drawing = {
  name: 'pruner',
  width: 240,
  height: 320,
  body: placed(
    standing({ coat: '#c9622f' }) +
      stroke('M84,-214 L116,-250 M84,-214 L126,-236', '#39444b', 8) +
      stroke('M78,-206 L70,-190', '#c7372b', 9),
    [92, 312],
    1.1,
  ),
};

const brushHeap = seeded(5);
const twigs: Drawing = {
  name: 'twigs',
  width: 1920,
  height: 120,
  body: upTo(46)
    .map((index) => {
      const x = index * 41.7;
      return stroke(
        `M${x.toFixed(1)},112 q${(20 + brushHeap() * 20).toFixed(1)},${(-30 - brushHeap() * 20).toFixed(1)} ${(60 + brushHeap() * 30).toFixed(1)},${(-20 - brushHeap() * 50).toFixed(1)}`,
        index % 2 ? '#7a5640' : '#5f4331',
        6,
      );
    })
    .join(''),
};

const stormSky: Drawing = {
  name: 'sky-storm',
  width: 1920,
  height: 1080,
  body:
    `<defs>${gradient('storm', ['#5b6f80', '#8ea3ae', '#b8c6c8'])}</defs>${box([0, 0, 1920, 1080], 'url(#storm)')}` +
    [
      [200, 150, 2.2],
      [720, 110, 2.8],
      [1260, 160, 2.4],
      [1740, 120, 2.6],
    ]
      .map(([x = 0, y = 0, size = 1]) =>
        placed(
          oval([0, 0], 150, 44, '#64798a') + disc([-50, -24], 54, '#64798a') + disc([40, -34], 66, '#64798a'),
          [x, y],
          size * 0.7,
        ),
      )
      .join(''),
};

const rainDrops = seeded(11);
const rain: Drawing = {
  name: 'rain',
  width: 1920,
  height: 1080,
  body: upTo(90)
    .map(() => {
      const [x, y] = [rainDrops() * 1860 + 30, rainDrops() * 1000 + 10];
      return stroke(`M${x.toFixed(1)},${y.toFixed(1)} l-12,54`, '#dfe9ee', 3.5);
    })
    .join(''),
};

const wave = (name: string, colours: readonly [string, string], height: number, swell: number): Drawing => ({
  name,
  width: 1920,
  height,
  body:
    shape(
      skyline(
        [1920, height],
        [
          [6, swell, 0],
          [13, swell / 3, 1],
        ],
        swell + 14,
      ),
      colours[0],
    ) +
    shape(
      skyline(
        [1920, height],
        [
          [6, swell, 0.5],
          [13, swell / 3, 1.6],
        ],
        swell + 36,
      ),
      colours[1],
    ),
});

const dike: Drawing = {
  name: 'dike',
  width: 1920,
  height: 330,
  body:
    polygon(
      [
        [0, 60],
        [1920, 60],
        [1920, 330],
        [0, 330],
      ],
      '#7d8d55',
    ) +
    box([0, 46, 1920, 22], '#b59b74') +
    upTo(40)
      .map(
        (index) =>
          `<rect x="${String(index * 48 + 2)}" y="20" width="46" height="30" rx="13" fill="${index % 2 ? '#d9cba6' : '#cdbd94'}"/>`,
      )
      .join('') +
    upTo(40)
      .map(
        (index) =>
          `<rect x="${String(index * 48 - 22)}" y="-4" width="46" height="28" rx="13" fill="${index % 2 ? '#c9b98f' : '#d5c7a0'}"/>`,
      )
      .join('') +
    upTo(24)
      .map((index) => oval([index * 80 + 30, 130 + (index % 3) * 46], 26, 8, '#6d7f48'))
      .join(''),
};

const gauge: Drawing = {
  name: 'water-gauge',
  width: 110,
  height: 420,
  body:
    box([30, 0, 50, 420], '#ffffff', 6) +
    upTo(10)
      .map((index) => box([30 + (index % 2) * 25, 12 + index * 40, 25, 22], index < 3 ? '#d43a2c' : '#2f6fb0'))
      .join('') +
    box([16, 84, 78, 8], '#d43a2c', 4),
};

const rescuer: Drawing = {
  name: 'rescuer',
  width: 240,
  height: 320,
  body: placed(
    standing({ coat: '#e8721c' }) +
      box([-40, -140, 80, 12], '#fdf0c4') +
      stroke('M84,-214 L120,-238', '#c7372b', 14) +
      polygon(
        [
          [112, -256],
          [160, -244],
          [122, -220],
        ],
        '#c7372b',
      ),
    [92, 312],
    1.1,
  ),
};

/** Out of season: the winter orchard and the river in flood. */
export const SEASON_DRAWINGS: readonly Drawing[] = [
  winterSky,
  winterHills,
  orchardFar,
  orchardNear,
  pruner,
  twigs,
  stormSky,
  rain,
  wave('river-far', ['#8fa7a6', '#7f9a99'], 160, 10),
  wave('river-near', ['#7a9694', '#6a8886'], 240, 16),
  dike,
  gauge,
  rescuer,
];
