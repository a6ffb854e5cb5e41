import type { Words } from '../words.tsx';
import { counted } from './counted.ts';

export const filmLife: Words['filmLife'] = {
  posters: {
    title: 'Picture',
    explain: 'What people see in the library. Choose by arrow keys or click; you can change it back at any time.',
    candidate: (number) => `Candidate ${number}`,
    own: 'Your own picture',
    send: 'Send your own picture',
    drop: 'Or drop it here. JPEG, PNG or WebP, at most 15 MB, at least 320×180.',
    none: 'Eight candidates appear here when the film is made.',
    chosen: 'Picture changed',
    refused: {
      kind: 'This is no JPEG, PNG or WebP picture. Save it as one of these and send that.',
      large: 'The picture is too large: at most 15 MB and 50 million pixels. Send a smaller one.',
      small: 'The picture is too small: at least 320×180 pixels. Choose a larger one.',
      damaged: 'The picture is damaged. Open it, save it anew as JPEG and send that.',
    },
  },
  versions: {
    title: 'Versions',
    current: 'In use',
    onAir: 'Plans, channels and the library use it',
    notPassed: 'Nobody has passed it yet',
    waiting: 'New, waiting',
    changes: { file: 'another file', encode: 'encoded anew', tracks: 'other sound or subtitles' },
    untilPassed: 'It takes over when it is passed; until then the version in use airs.',
    earlier: 'Earlier',
    stillOn: 'Published plans still show it; publish them again to show the version in use',
    notOn: 'Airs no more; removed after a day',
    replace: 'Replace file',
    replaceTitle: 'Replace the file of this film',
    replaceReady:
      'The present version goes on airing. The new file takes over when it is made and passed; title, category and plans stay.',
    replaceAtOnce:
      'Nobody has passed this film: the new file enters as soon as it is here, is made and reviewed anew, and passes lapse.',
    choose: 'Choose the new file and send it',
    open: 'Show the new version',
    takeBack: 'Take back',
    takeBackTitle: 'Delete this new version?',
    takeBackExplain: 'The version in use is not touched.',
    takenBack: 'The new version is deleted',
    renews: 'This is a new version of another film and takes its place when it is passed.',
    openRenewed: 'Show the version in use',
  },
  uses: {
    title: 'Planned and aired',
    aired: (times, fillers, length) =>
      `Aired ${counted(times, 'time')}${fillers === 0 ? '' : ` (${fillers} as filler)`}, ${length} in all`,
    never: 'Never aired yet.',
    planned: (count) => `Planned ${counted(count, 'time')}`,
    plannedFillers: (count) => `and ${counted(count, 'time')} as filler`,
    notPlanned: 'No plan has it from now on.',
    draft: 'plan not published',
    filler: 'filler',
    sample: 'sample history, not counted',
    history: 'When it aired',
    onlyAt: (place) => `only at ${place}`,
  },
  words: { saved: 'Saved', saving: 'Saving', failed: 'Not saved: ' },
  return: { withPosition: (time) => `Note the place ${time}` },
};
