import type { Words } from '../words.tsx';

export const quality: Words['quality'] = {
  title: 'Playback quality (last 24 hours)',
  plays: 'Plays',
  watched: 'Watched (hours)',
  startup: 'First picture',
  startupOf: (p50, p95) => `half within ${p50} s, 95 % within ${p95} s`,
  stalled: 'Standing still',
  failed: 'Never started',
  dropped: 'Dropped pictures',
  errors: 'Player troubles',
  rungs: 'Qualities',
  worst: 'The worst first',
  kinds: { films: 'Films', channels: 'Channels', places: 'Places' },
  nobody: 'Nobody watched, so there are no figures. Pages report every five minutes while something plays.',
  sound: 'Sound only',
  other: 'Other',
  seconds: (text) => `${text} s`,
};
