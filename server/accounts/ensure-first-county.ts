import { usualGapCardHours } from '../../media/contract/channels.ts';
import { countyCode } from '../../media/contract/permissions.ts';
import { presetCategories } from '../places/preset-categories.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { ChannelParts } from '../channels/channel-parts.ts';
import { AppError } from '../errors.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AccountParts } from './account-parts.ts';
import { addBuiltInUser, readablePassword } from './first-admin.ts';

type Parts = PlaceParts & ChannelParts & Pick<AccountParts, 'users'> & Pick<Surroundings, 'clock' | 'passwordCost'>;

/**
 * Makes what an empty database needs: the county, its channel, the preset categories and an administrator. Answers the
 * administrator's password when this call made one; it is told once (T36). Two replicas may call it at the same time.
 */
export async function ensureFirstCounty(parts: Parts): Promise<{ readonly adminPassword?: string }> {
  const { places, channels, categories, users, clock, passwordCost } = parts;
  if ((await places.find(countyCode)) === undefined) {
    await unlessThere(places.add({ code: countyCode, name: '示范县', kind: 'county', operators: [] }));
  }
  if ((await channels.find(countyCode)) === undefined) {
    const channel = {
      code: countyCode,
      name: '县远程教育频道',
      audience: 'public',
      package: 'ts',
      groups: [],
      fillerCategories: [],
    } as const;
    await unlessThere(
      channels.add({
        ...channel,
        languages: ['zh-CN'],
        groups: [],
        fillerCategories: [],
        fillerRestHours: 0,
        gapCardHours: usualGapCardHours,
      }),
    );
  }
  if ((await categories.list()).length === 0) {
    for (const category of presetCategories) await unlessThere(categories.add(category));
  }
  if (!(await users.isEmpty())) return {};
  const adminPassword = readablePassword();
  const admin = { username: 'admin', name: '系统管理员', roles: [{ role: 'admin', place: countyCode }] } as const;
  return (await addBuiltInUser(users, { ...admin, passwordCost }, adminPassword, clock())) ? { adminPassword } : {};
}

/** Another replica that makes the same thing at the same time is no error. */
async function unlessThere(adding: Promise<unknown>): Promise<void> {
  try {
    await adding;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'name_taken') throw error;
  }
}
