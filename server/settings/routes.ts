import { auditedBy } from '../audit/audited-by.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import type { Routes } from '../http/serve.ts';
import type { Surroundings } from '../surroundings.ts';
import { installedSettings } from './installed-settings.ts';
import type { SettingsParts } from './settings-parts.ts';

export const settingsRoutes = ({
  countySettings,
  audit,
  settings,
}: SettingsParts & AuditParts & Pick<Surroundings, 'settings'>): Routes<
  'readSettings' | 'changeSettings' | 'readInstallation'
> => ({
  readInstallation: () => Promise.resolve({ items: installedSettings(settings) }),
  readSettings: ({ atMs }) => countySettings.at(atMs),
  changeSettings: async (call) => {
    const held = await countySettings.change(call.body, call.atMs, call.caller.username);
    await audit.write(auditedBy(call, 'settings.change', 'settings', JSON.stringify(call.body)));
    return held;
  },
});
