import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../media/contract/endpoint.ts';
import { contract } from '../../media/contract/table.ts';
import { permissionMatrix } from '../service/server/permission-matrix.ts';

const endpoints: readonly (readonly [string, Endpoint])[] = Object.entries(contract);
const tests = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'test'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^test\/(service|journey)\/.*\.ts$/.test(file) && existsSync(file))
  .map((file) => readFileSync(file, 'utf8'));

/** Matches a request to an endpoint in the text of a test: its method and address, or the end of it after a variable. */
function requestTo({ method, path }: Endpoint): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const value = '(?:\\$\\{[^`\\n]+?\\}|[\\w-]+)';
  const address = path.split(/:\w+/).map(literal).join(value);
  const tail = literal(/:\w+(\/.+)$/.exec(path)?.[1] ?? '');
  const wanted = tail === '' ? address : `(?:${address}|\\$\\{[^\\n]+?\\}${tail})`;
  const verb = `(?:\\b${method.toLowerCase()}\\(|'${method}'${method === 'GET' ? '|\\bfetch\\(' : ''})`;
  return new RegExp(`${verb}[^;]{0,60}?${wanted}(?=[\`'"?]|\\$\\{)`);
}

describe('every endpoint of the contract table', () => {
  it('has a row in the permission matrix, which has no others', () => {
    expect([...permissionMatrix.keys()].sort()).toEqual(endpoints.map(([name]) => name).sort());
  });

  it('is asked by name in a test', () => {
    const unasked = endpoints.filter(([, line]) => !tests.some((text) => requestTo(line).test(text)));
    expect(unasked.map(([name, { method, path }]) => `${name}: ${method} ${path}`)).toEqual([]);
  });
});
