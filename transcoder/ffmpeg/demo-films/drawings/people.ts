import { box, disc, oval, polygon, shape, stroke } from './svg.ts';

/** Colours of one person. */
export interface Clothes {
  readonly coat: string;
  readonly hair: string;
  readonly skin?: string;
}

const SKIN = '#f0c7a0';

/** Head and shoulders from behind, as seen from the last row; about 200 wide, standing on y = 0. */
export const fromBehind = ({ coat, hair, skin = SKIN }: Clothes): string =>
  shape('M-104,0 Q-104,-96 -40,-108 L40,-108 Q104,-96 104,0 Z', coat) +
  box([-22, -136, 44, 40], skin, 12) +
  disc([0, -176], 58, hair) +
  oval([-58, -170], 9, 16, skin) +
  oval([58, -170], 9, 16, skin);

/** A person at a table, facing us: about 190 wide, standing on y = 0. */
export const facing = ({ coat, hair, skin = SKIN }: Clothes): string =>
  shape('M-88,0 Q-92,-104 -34,-118 L34,-118 Q92,-104 88,0 Z', coat) +
  polygon(
    [
      [-26, -118],
      [0, -84],
      [26, -118],
    ],
    '#ffffff',
  ) +
  box([-16, -140, 32, 30], skin, 8) +
  disc([0, -176], 46, skin) +
  shape('M-48,-176 Q-50,-230 0,-230 Q50,-230 48,-176 Q34,-202 0,-204 Q-34,-202 -48,-176 Z', hair) +
  disc([-16, -174], 4.5, '#3a2c25') +
  disc([16, -174], 4.5, '#3a2c25') +
  stroke('M-14,-154 Q0,-144 14,-154', '#a8624a', 4);

/** A standing farmer with a straw hat, 250 high, feet on y = 0; one arm reaches up to the right. */
export const standing = ({ coat, skin = SKIN }: Omit<Clothes, 'hair'>): string =>
  box([-30, -92, 26, 88], '#3d4c60', 8) +
  box([4, -92, 26, 88], '#344256', 8) +
  box([-36, -10, 34, 14], '#4a3a2c', 6) +
  box([4, -10, 34, 14], '#4a3a2c', 6) +
  box([-40, -182, 80, 104], coat, 24) +
  stroke('M-32,-164 L-58,-112', coat, 22) +
  stroke('M32,-164 L74,-206', coat, 22) +
  disc([80, -212], 12, skin) +
  disc([-60, -106], 12, skin) +
  disc([0, -206], 32, skin) +
  polygon(
    [
      [-62, -212],
      [0, -262],
      [62, -212],
    ],
    '#e8c877',
  ) +
  oval([0, -212], 62, 9, '#d6b25e');
