import { spawn } from 'node:child_process';

/** Runs ffmpeg and waits; rejects with its last words. */
export const ffmpeg = (...argv: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', ['-hide_banner', '-v', 'error', '-nostdin', '-y', ...argv], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-1000)));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`ffmpeg ${String(code)}: ${words}`))));
  });

/** Input options of a moving test picture. */
export const picture = (size: string, rate: string, seconds: number): readonly string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${String(seconds)}`],
];

/** Input options of a tone. */
export const tone = (hertz: number, seconds: number): readonly string[] => [
  ...['-f', 'lavfi', '-i', `sine=frequency=${String(hertz)}:sample_rate=48000:duration=${String(seconds)}`],
];

/** The cheapest H.264 and AAC. */
export const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-threads', '1'] as const;
export const AAC = ['-c:a', 'aac', '-b:a', '64k'] as const;
