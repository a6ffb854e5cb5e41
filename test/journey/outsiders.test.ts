import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { startReplica } from './start-replica.ts';
import { api, demo, onAir } from './system.ts';

const run = promisify(execFile);

describe('what outsiders rely on', () => {
  let live = '';
  let film = '';
  beforeAll(async () => {
    await onAir();
    ({ live } = await api<{ live: string }>('/api/channels/county/playback'));
    const { items } = await api<{ items: { id: string }[] }>('/api/films?state=ready');
    ({ hls: film } = await api<{ hls: string }>(`/api/films/${items.at(-1)?.id ?? ''}/playback`));
  });

  it('plays the film and the live channel in ffmpeg and ffprobe', async () => {
    const { stdout } = await run('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'stream=codec_name',
      '-of',
      'csv=p=0',
      demo().address + film,
    ]);
    expect(stdout).toContain('h264');
    expect(stdout).toContain('aac');
    for (const url of [film, live]) {
      const { stderr } = await run('ffmpeg', [
        '-v',
        'error',
        '-t',
        '20',
        '-i',
        demo().address + url,
        '-map',
        '0:v:0',
        '-map',
        '0:a:0',
        // The next film of a channel may have another frame rate than the first, which ffmpeg would count in.
        '-enc_time_base',
        '1:90000',
        '-f',
        'null',
        '-',
      ]);
      expect(stderr).toBe('');
    }
  });

  it('answers the same playlist from a second server process', async () => {
    const replica = await startReplica();
    try {
      const multivariant = await (await fetch(demo().address + live)).text();
      expect(await (await fetch(replica.address + live)).text()).toBe(multivariant);
      const variant = multivariant.split('\n').find((line) => line !== '' && !line.startsWith('#')) ?? '';
      const path = new URL(variant, demo().address + live).pathname;
      let same = 0;
      for (let round = 0; round < 12; round += 1) {
        const [one, other] = await Promise.all(
          [demo().address, replica.address].map(async (address) => (await fetch(address + path)).text()),
        );
        if (one === other) same += 1;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      // Two requests can fall on two sides of a cell's edge; never more than one of a round each 4 s.
      expect(same).toBeGreaterThanOrEqual(9);
    } finally {
      await replica.stop();
    }
  });
});
