/** Programs by the mark that they leave in `User-Agent`; the first that fits, for they also name each other. */
const programs = [
  [/MicroMessenger/, '微信'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/QQBrowser/, 'QQ浏览器'],
  [/360SE|QihooBrowser/, '360浏览器'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;
const systems = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

/** What signed in, as people call it: `Chrome · Windows`; a program of another kind by its own first word. */
export function deviceName(agent: string): string | undefined {
  const nameIn = (known: readonly (readonly [RegExp, string])[]) => known.find(([mark]) => mark.test(agent))?.[1];
  const [program, system] = [nameIn(programs), nameIn(systems)];
  if (program !== undefined) return system === undefined ? program : `${program} · ${system}`;
  const [first = ''] = agent.trim().split(/[\s/]/);
  return first === '' ? undefined : first.slice(0, 40);
}
