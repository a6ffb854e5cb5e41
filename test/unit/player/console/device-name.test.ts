import { describe, expect, it } from 'vitest';
import { deviceName } from '../../../../player/console/office/device-name.ts';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36';

describe('what signed in', () => {
  it.each([
    [chrome, 'Chrome · Windows'],
    [`${chrome} Edg/120.0`, 'Edge · Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1', 'Safari · iOS'],
    ['Mozilla/5.0 (Linux; Android 13) Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0', '微信 · Android'],
    ['node', 'node'],
    ['curl/8.5.0', 'curl'],
    [`<script>${'x'.repeat(300)}`, `<script>${'x'.repeat(32)}`],
    ['', undefined],
  ])('%s is called %s', (agent, name) => {
    expect(deviceName(agent)).toBe(name);
  });
});
