/** Calls `then` once this box lets pages sound without a key; nothing but an audio context tells before it is tried. */
export function whenSoundIsFree(then: () => void): void {
  try {
    const context = new AudioContext();
    const look = () => {
      if (context.state !== 'running') return;
      void context.close();
      then();
    };
    context.onstatechange = look;
    look();
  } catch {
    // A box that has none, or no more of them: a key brings the sound.
  }
}
