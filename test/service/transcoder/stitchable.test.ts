import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { complexitySchema, type Complexity } from '../../../media/film/complexity.ts';
import { chunkCommand } from '../../../transcoder/ffmpeg/chunk-arguments.ts';
import { commandLine } from '../../../transcoder/ffmpeg/command-line.ts';
import { plainSource, planOf } from '../../unit/media/film/film-facts.ts';

const size = { codedWidth: 1280, codedHeight: 720, width: 1280, height: 720 };

/** The sequence and picture parameter sets of each rung, as they stand in its `avcC` (ISO/IEC 14496-15, 5.3.3.1). */
function parameterSets(folder: string, source: string, complexity: Complexity): readonly string[] {
  const plan = { ...planOf(plainSource({}, size)), complexity };
  execFileSync('ffmpeg', commandLine(chunkCommand(plan, { firstCell: 0, cells: 1, seekSeconds: 0 }, source)), {
    cwd: folder,
    stdio: 'ignore',
  });
  return plan.rungs.map(({ name }) => {
    const bytes = readFileSync(join(folder, `${name}.mp4`));
    const at = bytes.indexOf('avcC', 0, 'latin1');
    return `${name} ${bytes.subarray(at, at - 4 + bytes.readUInt32BE(at - 4)).toString('hex')}`;
  });
}

it('gives films of every kind the same parameter sets on each rung, so that no player is set up anew at a seam', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stitchable-'));
  const source = join(folder, 'source.mp4');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=25:d=4', '-c:v', 'libx264', '-preset', 'ultrafast'];
  execFileSync('ffmpeg', ['-v', 'error', ...picture, source]);
  const [first = [], ...others] = complexitySchema.options.map((kind) => parameterSets(folder, source, kind));
  expect(first).toHaveLength(4);
  expect(others).toHaveLength(2);
  for (const other of others) expect(other).toEqual(first);
  rmSync(folder, { recursive: true });
});
