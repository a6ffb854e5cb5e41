// Load client for machines without a C compiler; same arguments and answer as load-client.c, but it costs more itself.
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';

const [mode, port, count, seconds, ...rest] = process.argv.slice(2);
const polls = mode === 'poll';
const period = polls ? Number(rest.shift()) / 1000 : 0;
const requestOf = (path) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
const list = polls ? requestOf(rest.shift()) : '';
const requests = rest.map(requestOf);
const now = () => performance.now() / 1000;
const sums = { bytes: 0, answers: 0, errors: 0, late: 0, missed: 0, cycles: 0 };
const listMs = [];
const cycleMs = [];

/** A connection that calls `done` whenever an answer is whole. */
function open(done) {
  const socket = connect(Number(port), '127.0.0.1');
  socket.setNoDelay(true);
  let head = '';
  let left = -1;
  socket.on('error', () => (sums.errors += 1));
  socket.on('data', (part) => {
    let body = part.length;
    if (left < 0) {
      head += part.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (!head.startsWith('HTTP/1.1 200')) sums.errors += 1;
      body = head.length - end - 4;
      left = length;
      sums.bytes += length;
      head = '';
    }
    left -= body;
    if (left > 0) return;
    left = -1;
    done();
  });
  return socket;
}

const sorted = (all) => all.sort((a, b) => a - b);
const part = (all, share) => all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
const round = (value) => Math.round(value * 1000) / 1000;

function closed() {
  const begin = now();
  for (let i = 0; i < Number(count); i += 1) {
    let path = i % requests.length;
    let askedAt = now();
    const socket = open(() => {
      listMs.push((now() - askedAt) * 1000);
      sums.answers += 1;
      path = (path + 1) % requests.length;
      askedAt = now();
      socket.write(requests[path]);
    });
    socket.write(requests[path]);
  }
  setTimeout(
    () => {
      sorted(listMs);
      const took = round(now() - begin);
      console.log(
        JSON.stringify({ seconds: took, ...sums, p50Ms: round(part(listMs, 0.5)), p99Ms: round(part(listMs, 0.99)) }),
      );
      process.exit(0);
    },
    Number(seconds) * 1000,
  );
}

function poll() {
  const begin = now() + 0.1;
  const end = begin + Number(seconds);
  const stations = Array.from({ length: Number(count) }, () => {
    const station = { busy: false, step: 0, askedAt: 0, dueAt: 0, socket: undefined };
    station.socket = open(() => {
      if (station.step === 0) {
        listMs.push((now() - station.askedAt) * 1000);
        station.step = 1;
        station.socket.write(requests[Math.floor((station.dueAt - begin) / period) % requests.length]);
        return;
      }
      const took = now() - station.dueAt;
      cycleMs.push(took * 1000);
      sums.cycles += 1;
      if (took > period) sums.late += 1;
      station.busy = false;
    });
    return station;
  });
  let next = 0;
  const tick = setInterval(() => {
    for (;;) {
      const due = begin + (next * period) / stations.length;
      if (due > now() || due >= end) break;
      const station = stations[next % stations.length];
      next += 1;
      if (station.busy) sums.missed += 1;
      else {
        Object.assign(station, { busy: true, step: 0, dueAt: due, askedAt: now() });
        station.socket.write(list);
      }
    }
    const busy = stations.filter((station) => station.busy).length;
    if (now() < end || (busy > 0 && now() < end + period)) return;
    clearInterval(tick);
    sums.missed += busy;
    sorted(listMs);
    sorted(cycleMs);
    const figures = {
      listP50Ms: round(part(listMs, 0.5)),
      listP99Ms: round(part(listMs, 0.99)),
      p50Ms: round(part(cycleMs, 0.5)),
      p99Ms: round(part(cycleMs, 0.99)),
      maxMs: round(part(cycleMs, 1)),
    };
    console.log(JSON.stringify({ seconds: round(now() - begin), ...sums, ...figures }));
    process.exit(0);
  }, 2);
}

if (polls) poll();
else closed();
