import { box, disc, gradient, oval, placed, polygon, seeded, shape, skyline, stroke, upTo } from './svg.ts';
import type { Drawing } from './svg.ts';

/** Drawn at twice the design size: the 2160p film shows every line. */
const WIDTH = 3840;

const dawn: Drawing = {
  name: 'sky-dawn',
  width: WIDTH,
  height: 2160,
  body:
    `<defs>${gradient('dawn', ['#5b9bd8', '#a9c8e4', '#f7d9b8', '#fdeecb'])}</defs>${box([0, 0, WIDTH, 2160], 'url(#dawn)')}` +
    [300, 220, 150]
      .map(
        (radius, index) =>
          `<circle cx="1180" cy="760" r="${String(radius)}" fill="#fff3c4" opacity="${String([0.25, 0.4, 1][index])}"/>`,
      )
      .join('') +
    shape(
      skyline(
        [WIDTH, 2160],
        [
          [2, 170, 0.6],
          [5, 60, 1.4],
          [11, 18, 0.4],
        ],
        980,
      ),
      '#a7b8cf',
    ) +
    shape(
      skyline(
        [WIDTH, 2160],
        [
          [3, 130, 2.7],
          [7, 40, 0.2],
        ],
        1120,
      ),
      '#8aa3b8',
    ),
};

const GREENS = ['#5c9a4a', '#79b356', '#4f8b45', '#8fc25f', '#659f4d'];
const POOLS = ['#c7dfe6', '#aecfdd', '#d9e8e4'];

const hut = (x: number, y: number, size: number): string =>
  placed(
    box([0, -110, 190, 110], '#f3e7cf') +
      polygon(
        [
          [-30, -104],
          [40, -190],
          [150, -190],
          [220, -104],
        ],
        '#5b4a44',
      ) +
      box([80, -70, 40, 70], '#7a4a30') +
      box([20, -84, 36, 36], '#e9b85a') +
      box([138, -84, 36, 36], '#e9b85a') +
      disc([-70, -90], 66, '#3f8248') +
      disc([260, -80], 58, '#4b9152'),
    [x, y],
    size,
  );

const hamlet = [
  hut(420, 310, 1),
  hut(760, 316, 0.8),
  hut(1700, 310, 1.1),
  hut(2040, 318, 0.85),
  hut(2420, 312, 0.95),
  hut(3320, 310, 1),
].join('');

const mist = upTo(9)
  .map(
    (index) =>
      `<g opacity="0.5">${oval([220 + index * 425, 240 + (index % 3) * 34], 250, 34 + (index % 2) * 16, '#ffffff')}</g>`,
  )
  .join('');

/** Steps of a hillside: every second band is flooded and mirrors the sky, each with its earthen edge. */
const steps = (first: readonly [top: number, height: number], bands: number, seed: number): string => {
  const [top, height] = first;
  const phase = seeded(seed)() * 6;
  return upTo(bands)
    .map((band) => {
      const edge = top + 90 + ((height - top - 110) * band) / bands;
      const waves = [
        [2, 58 - band * 3, phase + band * 0.13],
        [5, 22, phase * 2 + band * 0.31],
      ] as const;
      const fill = band % 2 ? (POOLS[band % 3] ?? '#c7dfe6') : (GREENS[band % 5] ?? '#5c9a4a');
      return (
        shape(skyline([WIDTH, height], waves, edge), '#6d5a3c') +
        shape(skyline([WIDTH, height], waves, edge + 12), fill)
      );
    })
    .join('');
};

const far: Drawing = { name: 'terraces-far', width: WIDTH, height: 560, body: steps([0, 760], 9, 4) + mist };
const near: Drawing = { name: 'terraces-near', width: WIDTH, height: 1088, body: hamlet + steps([188, 1088], 8, 9) };

const flock: Drawing = {
  name: 'flock',
  width: 520,
  height: 220,
  body: upTo(6)
    .map((index) =>
      placed(
        stroke('M0,0 q26,-26 50,0 q24,-26 50,0', '#33475a', 9),
        [20 + index * 72, 150 - Math.abs(index - 2) * 40],
        0.85,
      ),
    )
    .join(''),
};

const slate: Drawing = {
  name: 'slate',
  width: 1920,
  height: 1080,
  body:
    `<defs>${gradient('night', ['#17384f', '#2a6577', '#5c9a86'])}</defs>${box([0, 0, 1920, 1080], 'url(#night)')}` +
    disc([960, 330], 130, '#f6e3a6') +
    shape(
      skyline(
        [1920, 1080],
        [
          [2, 60, 0.2],
          [5, 20, 1.6],
        ],
        760,
      ),
      '#2f6b66',
    ) +
    shape(
      skyline(
        [1920, 1080],
        [
          [3, 44, 2.1],
          [8, 10, 0.4],
        ],
        850,
      ),
      '#25574f',
    ) +
    shape(skyline([1920, 1080], [[4, 18, 1.2]], 960), '#1c463f'),
};

/** The wide view for the 2160p film, and the slate's picture. */
export const WIDE_DRAWINGS: readonly Drawing[] = [dawn, far, near, flock, slate];
