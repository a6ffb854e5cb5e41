import { auditedBy } from '../audit/audited-by.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import type { Routes } from '../http/serve.ts';
import type { SettingsParts } from './settings-parts.ts';

export const settingsRoutes = ({
  countySettings,
  audit,
}: SettingsParts & AuditParts): Routes<'readSettings' | 'changeSettings'> => ({
  readSettings: ({ atMs }) => countySettings.at(atMs),
  changeSettings: async (call) => {
    const held = await countySettings.change(call.body, call.atMs, call.caller.username);
    await audit.write(auditedBy(call, 'settings.change', 'settings', JSON.stringify(call.body)));
    return held;
  },
});
