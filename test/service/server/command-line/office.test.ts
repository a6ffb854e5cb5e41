import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sourceKey } from '../../../../media/storage/keys.ts';
import { hashPassword } from '../../../../server/accounts/password.ts';
import { newId } from '../../../../server/new-id.ts';
import { type LibraryApp, startLibrary } from '../library/library-app.ts';
import { makeReadyFilm } from '../../make-ready-film.ts';
import type { TestPerson } from '../../start-app.ts';
import { type Line, says, startLine, yuanbo } from './start-office.ts';

let server: LibraryApp;
let line: Line;
let producer: TestPerson;
let folder: string;
beforeAll(async () => {
  server = await startLibrary();
  line = await startLine(server.url);
  producer = await server.signInAs('producer');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuanbo-office-'));
  return () => rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await line.stop();
  await server.stop();
});

const run = (...args: string[]) => yuanbo(args, { YUANBO_URL: line.url, YUANBO_TOKEN: producer.token });
async function finish(...args: string[]) {
  const running = run(...args);
  const code = await running.ended;
  return { code, said: running.said() };
}
const put = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
const idIn = (said: string, name: string) => new RegExp(`${name} is film ([0-9a-z]{26})`).exec(said)?.[1] ?? '';
describe('npx yuanbo import', () => {
  it('sends films with what the sheet says, names every wrong row, and sends nothing twice', async () => {
    mkdirSync(join(folder, '二'));
    put('rice.mp4', 'rice');
    put('二/dike.mp4', 'dike');
    put('bad.mp4', 'bad');
    put('notes.txt', 'no film');
    put('same.mp4', 'rice');
    put(
      'films.csv',
      '\ufeff文件名;片名;栏目;语言\r\nrice.mp4;"水稻; 育秧";theory;普通话\r\n二\\dike.mp4;防汛;;\r\nbad.mp4;坏;没有;\r\ngone.mp4;丢;;\r\n',
    );
    const first = await finish('import', folder);
    expect(first.said).toContain('films.csv, line 5: there is no file gone.mp4');
    expect(first.said).toMatch(/bad\.mp4 \(films\.csv, line 4\): there is no category "没有"\. Write one of: /);
    expect(first.said).toMatch(/same\.mp4 is film/);
    expect(first.said).toContain('2 sent, 1 already there, 2 failed');
    expect(first.code).toBe(1);
    const film = await server.parts.films.find(idIn(first.said, 'rice.mp4'));
    expect(film).toMatchObject({ title: '水稻; 育秧', category: 'theory', language: 'zh-CN', filename: 'rice.mp4' });
    expect(film).toMatchObject({ state: 'probing', owner: { id: producer.user.id } });
    rmSync(join(folder, 'films.csv'));
    rmSync(join(folder, 'bad.mp4'));
    const again = await finish('import', folder);
    expect([again.code, again.said.trim().split('\n').at(-1)]).toEqual([0, '0 sent, 3 already there, 0 failed']);
  });

  it('passes over links, pipes and folders with the name of a film, and says so', async () => {
    put('film.mp4', 'a film');
    symlinkSync('/etc/passwd', join(folder, 'link.mp4'));
    symlinkSync(join(folder, 'film.mp4'), join(folder, 'own.mov'));
    execFileSync('mkfifo', [join(folder, 'pipe.ts')]);
    mkdirSync(join(folder, 'folder.mkv'));
    const { code, said } = await finish('import', folder);
    for (const name of ['link.mp4', 'own.mov', 'pipe.ts', 'folder.mkv'])
      expect(said).toContain(`ignored: ${name}: not_regular_file`);
    expect([code, said.trim().split('\n').at(-1)]).toEqual([0, '1 sent, 0 already there, 0 failed']);
  });

  it('asks the server before it sends what another machine sent', async () => {
    put('known.mp4', 'known');
    const { id } = await makeReadyFilm(server.parts, { title: '已有' });
    const sourceSha256 = createHash('sha256').update('known').digest('hex');
    await server.parts.films.change(id, (film) => ({ ...film, sourceSha256 }));
    const { code, said } = await finish('import', folder);
    expect([code, idIn(said, 'known.mp4')]).toEqual([0, id]);
    expect(said).toContain('already there');
  });

  it('goes on at the last byte after kill -9', async () => {
    const content = Buffer.alloc(6_000_000, 'film ');
    put('long.mp4', content);
    const before = line.passedBytes();
    line.holdAfterBytes = before + 2_000_000;
    const killed = run('import', folder);
    const id = await vi.waitFor(
      async () => {
        const uploading = await server.parts.films.inStates(['uploading']);
        const found = uploading.find(({ filename }) => filename === 'long.mp4')!.id;
        expect(await server.parts.uploadFiles.receivedBytes(found)).toBeGreaterThan(1_000_000);
        return found;
      },
      { timeout: 20_000, interval: 50 },
    );
    // Two at once would send the film twice.
    const second = await finish('import', folder);
    expect([second.code, second.said]).toEqual([1, expect.stringMatching(/^Another import of .* is running: /)]);
    killed.child.kill('SIGKILL');
    await killed.ended;
    line.holdAfterBytes = Infinity;
    const here = (await server.parts.uploadFiles.receivedBytes(id))!;
    line.offsets.splice(0);
    const { code, said } = await finish('import', folder);
    expect([code, idIn(said, 'long.mp4')]).toEqual([0, id]);
    expect(Math.min(...line.offsets)).toBeGreaterThanOrEqual(here);
    expect((await server.parts.storage.read(sourceKey(id))).equals(content)).toBe(true);
  });

  it('watches: takes a film when its copying is over, goes on after a wrong one, and ends on SIGTERM', async () => {
    put('wrong.mp4', 'wrong');
    put('wrong.mp4.json', '{"category": "没有"}');
    const watching = run('import', folder, '--watch', '--rest', '1');
    await says(watching, /failed: wrong\.mp4 .*there is no category/);
    put('slow.mp4', 'one half');
    await new Promise((resolve) => setTimeout(resolve, 500));
    put('slow.mp4', 'one half and the other');
    await says(watching, 'sent: slow.mp4');
    put('wrong.mp4.json', '{"标题": "对了"}');
    await says(watching, 'sent: wrong.mp4');
    watching.child.kill('SIGTERM');
    expect(await watching.ended).toBe(0);
    expect(watching.said().trim().split('\n').at(-1)).toBe('2 sent, 0 already there, 0 failed');
    const film = await server.parts.films.find(idIn(watching.said(), 'slow.mp4'));
    expect(film?.sourceBytes).toBe('one half and the other'.length);
    expect(await server.parts.films.find(idIn(watching.said(), 'wrong.mp4'))).toMatchObject({ title: '对了' });
  });

  it('signs in with a name and a password, and out again', async () => {
    const roles = [{ role: 'producer' as const, place: 'county' }];
    const user = { id: newId(server.time.nowMs), username: 'wang', name: '王', roles, disabled: false };
    await server.parts.users.add(user, server.time.nowMs, await hashPassword('three words here', 4));
    put('a.mp4', 'by wang');
    const environment = { YUANBO_URL: line.url, YUANBO_USER: 'wang' };
    const running = yuanbo(['import', folder], { ...environment, YUANBO_PASSWORD: 'three words here' });
    expect([await running.ended, idIn(running.said(), 'a.mp4')]).toEqual([0, expect.stringMatching(/./)]);
    expect(await server.parts.sessions.ofUser(user.id)).toEqual([]);
    const wrong = yuanbo(['import', folder], { ...environment, YUANBO_PASSWORD: 'something else' });
    expect([await wrong.ended, wrong.said().trim().split('\n')]).toEqual([1, [expect.stringMatching(/\.$/)]]);
  });

  it('says in one sentence what is missing: who, where, which folder', async () => {
    const nobody = yuanbo(['import', folder], { YUANBO_URL: line.url });
    expect([await nobody.ended, nobody.said()]).toEqual([1, expect.stringMatching(/^Say who you are: .*\n$/)]);
    const nowhere = yuanbo(['import', folder], { YUANBO_URL: 'http://127.0.0.1:9', YUANBO_TOKEN: 'x' });
    expect([await nowhere.ended, nowhere.said()]).toEqual([
      1,
      expect.stringMatching(/^The server at .* does not answer: .*\n$/),
    ]);
    const stranger = yuanbo(['import', folder], { YUANBO_URL: line.url, YUANBO_TOKEN: 'x' });
    expect([await stranger.ended, stranger.said()]).toEqual([1, 'This session has ended. Sign in again.\n']);
    expect((await finish('import', join(folder, 'nowhere'))).said).toMatch(/^.*nowhere.*\n$/);
    expect((await finish('import')).said).toMatch(/^Use: npx yuanbo import/);
  });
});

describe('npx yuanbo film', () => {
  it('shows a film in words and as JSON, and brings it here as one file', async () => {
    const made = await makeReadyFilm(server.parts, { title: '春耕', segments: 3 });
    const shown = await finish('film', 'show', made.id);
    expect(shown.said).toMatch(/title +春耕\n/);
    expect(shown.said).toMatch(/length +0:00:12\n/);
    const json = await finish('film', 'show', made.id, '--json');
    expect(JSON.parse(json.said)).toMatchObject({ id: made.id, state: 'ready' });
    const out = join(folder, 'stick.ts');
    const exported = await finish('film', 'export', made.id, '--out', out, '--rung', '360p');
    expect([exported.code, exported.said]).toEqual([0, `The film is in ${out}\n`]);
    const whole = Buffer.concat([0, 1, 2].map((number) => made.segment('360p', number)));
    expect(readFileSync(out).equals(whole)).toBe(true);
    expect((await finish('film', 'export', made.id, '--out', out)).said).toMatch(/is there already/);
    expect((await finish('film', 'export', made.id, '--language', 'bo')).said).toMatch(/no such language/);
  });

  it('encodes a film anew, or says why not', async () => {
    const owner = { id: producer.user.id, name: producer.user.name };
    const { id } = await makeReadyFilm(server.parts, { title: '秋收', owner });
    const refused = await finish('film', 'reencode', id);
    expect([refused.code, refused.said]).toEqual([1, expect.stringMatching(/was not kept/)]);
    await server.parts.storage.put(sourceKey(id), Buffer.from('source'));
    const begun = await finish('film', 'reencode', id);
    expect(begun.code).toBe(0);
    expect(begun.said).toMatch(new RegExp(`renews +${id}\n`));
    expect((await finish('film', 'show', 'nonsense')).said).toMatch(/is no film/);
  });
});
