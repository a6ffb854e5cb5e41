/** The import law of the five rooms (architecture.md): every room may import media/, no room imports another. */
const only = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });
const rooms = ['server', 'transcoder', 'player'];
module.exports = {
  forbidden: [
    only('no-cycles', {}, { circular: true }, 'A cycle has no first page to read.'),
    ...rooms.map((room) =>
      only(
        `${room}-imports-media-only`,
        { path: `^${room}/` },
        { path: `^(${['test', ...rooms].filter((r) => r !== room).join('|')})/` },
        'Every room may import media/; no room imports another.',
      ),
    ),
    only(
      'media-imports-nothing',
      { path: '^media/' },
      { path: '^(server|transcoder|player|test)/' },
      'media/ imports nothing of ours.',
    ),
    only(
      'media-is-pure',
      { path: '^media/', pathNot: '^media/storage/' },
      { path: '^media/storage/|^node:', dependencyTypesNot: ['type-only'] },
      'Pure: no disk, no Node.',
    ),
    only(
      'media-is-pure-no-core',
      { path: '^media/', pathNot: '^media/storage/' },
      { dependencyTypes: ['core'] },
      'Pure: no Node.',
    ),
    only(
      'storage-is-for-server-and-transcoder',
      { path: '^player/' },
      { path: '^media/storage/' },
      'The browser has no disk.',
    ),
    only(
      'mongoose-behind-stores',
      { path: '^(server|transcoder|player|media)/', pathNot: '^server/(database/|.*-model\\.ts$)' },
      { path: 'node_modules/(mongoose|mongodb)/' },
      'Documents never leave their store.',
    ),
    only(
      'bullmq-at-the-ends-of-queues',
      { path: '^(server|transcoder|player|media)/', pathNot: '^(server/queue/|transcoder/(worker|review-lane)\\.ts$)' },
      { path: 'node_modules/bullmq/' },
      'Two queues, each with two ends.',
    ),
    only(
      'fluent-ffmpeg-in-one-place',
      { path: '^(server|transcoder|player|media)/', pathNot: '^transcoder/ffmpeg' },
      { path: 'node_modules/fluent-ffmpeg/' },
      'ffmpeg is untrusted: one door.',
    ),
    only(
      'hls-js-in-one-place',
      { path: '^player/', pathNot: '^player/shared/hls-playback\\.ts$' },
      { path: 'node_modules/hls\\.js/' },
      'Player settings live in one file.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
