/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ButtonRow } from '../button-row.tsx';
import { columnOf, firstFocus, moveFocus } from '../focus.ts';
import { probe, type ProbeLine } from '../probe.ts';
import type { Moves } from '../screen.ts';
import { county, serverClock } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

/** Looks at the box before it is hung on a wall; the result can be printed. */
export function ProbeScreen({ words, moves }: { words: StationWords; moves: Moves }) {
  const video = useRef<HTMLVideoElement>(null);
  const [lines, setLines] = useState<readonly ProbeLine[]>([]);
  const [state, setState] = useState<'running' | 'done' | 'broken'>('running');
  const [round, setRound] = useState(0);
  const [focus, setFocus] = useState(firstFocus);
  useEffect(() => {
    if (video.current === null) return;
    let ended = false;
    setLines([]);
    setState('running');
    const tell = (line: ProbeLine) => {
      if (!ended) setLines((known) => [...known, line]);
    };
    const finish = (how: 'done' | 'broken') => () => {
      if (!ended) setState(how);
    };
    probe(video.current, tell, () => ended).then(finish('done'), finish('broken'));
    return () => {
      ended = true;
    };
  }, [round]);
  const buttons = [
    { label: words.print, go: () => print() },
    { label: words.again, go: () => setRound(round + 1) },
    { label: words.back, go: moves.back },
  ];
  const at = columnOf(focus, 0, buttons.length);
  useRemote((action) => {
    if (action === 'back') return moves.back();
    if (action === 'ok') return buttons[at]?.go();
    setFocus(moveFocus(focus, action, [buttons.length]) ?? focus);
  });
  const bad = lines.filter(({ isGood }) => isGood === false).length;
  const verdict =
    state === 'running'
      ? words.probing
      : state === 'broken'
        ? words.unreachable
        : bad === 0
          ? words.probeGood
          : words.probeBad(bad);
  return (
    <div class="screen panel probe" data-probe={state}>
      <h1>{words.probe}</h1>
      <p class="probe-verdict" role="status">
        {verdict}
        <small>
          {county.day(serverClock.nowMs())} {county.time(serverClock.nowMs())}
        </small>
      </p>
      <video ref={video} class="probe-video" playsInline muted />
      <div class="probe-lines">
        {lines.map((line) => (
          <div key={line.what + line.name} class="probe-line" data-what={line.what}>
            <span class={markOf(line.isGood)}>{line.isGood === undefined ? '·' : line.isGood ? '✓' : '✗'}</span>
            <span class="probe-name">
              {words.probeNames[line.what]} {line.name}
            </span>
            <span class="probe-value">{line.value}</span>
          </div>
        ))}
      </div>
      <ButtonRow buttons={buttons} at={at} />
    </div>
  );
}

const markOf = (isGood: boolean | undefined): string =>
  isGood === undefined ? 'probe-mark' : isGood ? 'probe-mark link-good' : 'probe-mark link-lost';
