// Preloaded into every Node process of a soak: their clock stands CLOCK_AHEAD_MS before the machine's. Debian's faketime would do it
// for any program, but redis-server hangs under it. Timers run as ever.
const aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const MachineDate = globalThis.Date;
const now = () => MachineDate.now() + aheadMs;

globalThis.Date = new Proxy(MachineDate, {
  apply: () => new MachineDate(now()).toString(),
  construct: (date, given, wanted) =>
    Reflect.construct(date, given.length === 0 ? [now()] : given, wanted === globalThis.Date ? date : wanted),
  get: (date, key) => (key === 'now' ? now : Reflect.get(date, key)),
});
