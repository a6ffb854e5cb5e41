import { existsSync } from 'node:fs';

/** Words before a command that let Linux end it with the process that started it; none where setpriv is missing. */
export const dieWithParent = (signal: 'TERM' | 'KILL'): readonly string[] =>
  existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', signal, '--'] : [];
