import { useEffect, useState } from 'preact/hooks';
import { languageName } from '../shared/language-name.ts';
import { chosenLanguage } from '../shared/language.ts';
import type { PictureControl } from './picture.tsx';
import type { Screen } from './screen.ts';
import type { StationWords } from './words.ts';

const speeds = [1, 1.25, 1.5, 0.75];
const nameOf = (tag: string): string => languageName(tag, chosenLanguage());

/**
 * What may be chosen while a film plays; OK on a button goes to the next. Another sound than the main one needs the other
 * package, and the picture goes on where it was.
 */
export function usePlayerChoices(
  { sounds = [], subtitles = [], mayHurry, startAtS: firstAtS }: Extract<Screen, { name: 'player' }>,
  control: { readonly current: PictureControl | undefined },
  words: StationWords,
) {
  const [sound, setSound] = useState<string>();
  const [shown, setShown] = useState<string>();
  const [speed, setSpeed] = useState(1);
  const [startAtS, setStartAtS] = useState(firstAtS);
  // A rebuilt player starts at the video's usual speed, so that is what is set.
  useEffect(() => {
    const video = control.current?.video;
    if (video === undefined) return;
    video.defaultPlaybackRate = speed;
    video.playbackRate = speed;
  });
  const nextSound = () => {
    const next = sounds[(sounds.indexOf(sound ?? sounds[0] ?? '') + 1) % sounds.length];
    if (sounds.length < 2 || next === undefined) return;
    if (sound === undefined) setStartAtS(control.current?.video.currentTime ?? 0);
    else control.current?.playback?.chooseLanguage(next);
    setSound(next);
  };
  const restart = () => {
    if (control.current !== undefined) control.current.video.currentTime = 0;
  };
  const buttons = [
    { name: 'restart', label: words.fromStart, go: restart },
    ...(sounds.length > 1
      ? [{ name: 'sound', label: words.sound(nameOf(sound ?? sounds[0] ?? '')), go: nextSound }]
      : []),
    ...(subtitles.length > 0
      ? [
          {
            name: 'subtitles',
            label: words.subtitles(shown === undefined ? undefined : nameOf(shown)),
            go: () => setShown(subtitles[shown === undefined ? 0 : subtitles.indexOf(shown) + 1]),
          },
        ]
      : []),
    ...(mayHurry
      ? [
          {
            name: 'speed',
            label: words.speed(speed),
            go: () => setSpeed(speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1),
          },
        ]
      : []),
  ];
  return { sound, subtitles: shown, startAtS, nextSound, buttons };
}
