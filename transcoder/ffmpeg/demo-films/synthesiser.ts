import type { Score } from './score.ts';
import { seeded } from './drawings/svg.ts';

/** Samples per second of everything the synthesiser plays. */
export const SAMPLE_RATE = 48_000;

/** One note: when it starts and how long it may ring, in seconds, and its MIDI number. */
interface Note {
  readonly atSecond: number;
  readonly ringSeconds: number;
  readonly midi: number;
}

const SEMITONES: Readonly<Record<string, number>> = { '1': 0, '2': 2, '3': 4, '5': 7, '6': 9 };

/** Notes of a line of letters (score.ts), `beatSeconds` apart. */
export const readNotes = (line: string, tonic: number, beatSeconds: number): readonly Note[] => {
  const notes: Note[] = [];
  let beat = 0;
  for (const [letter, octave] of [...line.matchAll(/([12356])([',]?)|[-0]/g)].map((hit) => [hit[1], hit[2]])) {
    const semitones = letter === undefined ? undefined : SEMITONES[letter];
    if (semitones !== undefined) {
      const shift = octave === "'" ? 12 : octave === ',' ? -12 : 0;
      notes.push({ atSecond: beat * beatSeconds, ringSeconds: 2.2, midi: tonic + semitones + shift });
    }
    beat += 1;
  }
  return notes;
};

const beatsOf = (line: string): number => [...line.matchAll(/[12356][',]?|[-0]/g)].length;

const repeated = (line: string, tonic: number, beatSeconds: number, untilSecond: number): readonly Note[] => {
  const lineSeconds = beatsOf(line) * beatSeconds;
  const notes = readNotes(line, tonic, beatSeconds);
  const times = Math.ceil(untilSecond / lineSeconds);
  return Array.from({ length: times }, (_, time) =>
    notes.map((note) => ({ ...note, atSecond: note.atSecond + time * lineSeconds })),
  ).flat();
};

const frequencyOf = (midi: number): number => 440 * 2 ** ((midi - 69) / 12);

/** A plucked string (Karplus and Strong 1983): noise that runs round a delay line and loses its edge at every turn. */
const pluck = (midi: number, ringSeconds: number): Float64Array => {
  const period = Math.round(SAMPLE_RATE / frequencyOf(midi));
  const random = seeded(midi);
  const line = Float64Array.from({ length: period }, () => random() * 2 - 1);
  for (let pass = 0; pass < 2; pass += 1) {
    line.forEach((value, index) => (line[index] = (value + (line[(index + 1) % period] ?? 0)) / 2));
  }
  const tone = new Float64Array(Math.round(ringSeconds * SAMPLE_RATE));
  for (let index = 0; index < tone.length; index += 1) {
    const place = index % period;
    const value = line[place] ?? 0;
    tone[index] = value * Math.min(1, (tone.length - index) / 2400);
    line[place] = 0.4985 * (value + (line[(place + 1) % period] ?? 0));
  }
  return tone;
};

/** A soft low tone under the tune: two sines with a slow swell. */
const pad = (midi: number, ringSeconds: number): Float64Array => {
  const turn = (2 * Math.PI * frequencyOf(midi)) / SAMPLE_RATE;
  const length = Math.round(ringSeconds * SAMPLE_RATE);
  return Float64Array.from({ length }, (_, index) => {
    const swell = Math.sin((Math.PI * index) / length) ** 2;
    return swell * (Math.sin(turn * index) + 0.35 * Math.sin(2 * turn * index));
  });
};

interface Voice {
  readonly tone: (midi: number, ringSeconds: number) => Float64Array;
  readonly gain: number;
  /** Share of the left ear, 0 to 1. */
  readonly left: number;
}

const addNotes = (ears: readonly [Float64Array, Float64Array], notes: readonly Note[], voice: Voice): void => {
  const tones = new Map<string, Float64Array>();
  for (const { midi, atSecond, ringSeconds } of notes) {
    const key = `${String(midi)}/${String(ringSeconds)}`;
    const tone = tones.get(key) ?? voice.tone(midi, ringSeconds);
    tones.set(key, tone);
    const start = Math.round(atSecond * SAMPLE_RATE);
    const count = Math.min(tone.length, ears[0].length - start);
    for (let index = 0; index < count; index += 1) {
      const value = (tone[index] ?? 0) * voice.gain;
      ears[0][start + index] = (ears[0][start + index] ?? 0) + value * voice.left;
      ears[1][start + index] = (ears[1][start + index] ?? 0) + value * (1 - voice.left);
    }
  }
};

/** Stereo sound of a score, in samples between -1 and 1, faded in and out at the film's ends. */
export const play = (score: Score, lengthSeconds: number): readonly [Float64Array, Float64Array] => {
  const length = Math.round(lengthSeconds * SAMPLE_RATE);
  const ears = [new Float64Array(length), new Float64Array(length)] as const;
  const beatSeconds = 60 / score.beatsPerMinute;
  const gain = score.gain ?? 1;
  const melody = repeated(score.melody, score.tonic, beatSeconds, lengthSeconds);
  addNotes(ears, melody, { tone: pluck, gain: 0.62 * gain, left: 0.42 });
  const bass = repeated(score.bass, score.tonic - 24, beatSeconds * 4, lengthSeconds);
  const bars = bass.map((note) => ({ ...note, ringSeconds: beatSeconds * 5 }));
  addNotes(ears, bars, { tone: pad, gain: 0.16 * gain, left: 0.5 });
  const harp = bass.flatMap((note) => [
    { ...note, midi: note.midi + 12, atSecond: note.atSecond + beatSeconds / 2 },
    { ...note, midi: note.midi + 19, atSecond: note.atSecond + beatSeconds * 2.5 },
  ]);
  addNotes(ears, harp, { tone: pluck, gain: 0.3 * gain, left: 0.66 });
  for (const ear of ears) {
    for (let index = 0; index < length; index += 1) {
      const edge = Math.min(1, index / (0.5 * SAMPLE_RATE), (length - index) / (2 * SAMPLE_RATE));
      ear[index] = Math.tanh((ear[index] ?? 0) * edge);
    }
  }
  return ears;
};

/** A RIFF file of 16-bit stereo samples. */
export const waveFile = (ears: readonly [Float64Array, Float64Array]): Buffer => {
  const [left, right] = ears;
  const dataBytes = left.length * 4;
  const file = Buffer.alloc(44 + dataBytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + dataBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * 4, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataBytes, 40);
  for (let index = 0; index < left.length; index += 1) {
    file.writeInt16LE(Math.round((left[index] ?? 0) * 32_767), 44 + index * 4);
    file.writeInt16LE(Math.round((right[index] ?? 0) * 32_767), 46 + index * 4);
  }
  return file;
};
