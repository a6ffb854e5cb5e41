import type { Place } from '../../media/contract/places.ts';
import type { AccountParts } from '../accounts/account-parts.ts';
import { countyCode } from '../../media/contract/permissions.ts';
import { ensureFirstCounty } from '../accounts/ensure-first-county.ts';
import { addBuiltInUser, type BuiltInUser } from '../accounts/first-admin.ts';
import { hashPassword, isPassword } from '../accounts/password.ts';
import type { ChannelParts } from '../channels/channel-parts.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { Surroundings } from '../surroundings.ts';

/** People of the demo (contract.md, "Demo accounts"), all with one password. */
export const demoUsers: readonly BuiltInUser[] = [
  { username: 'admin', name: '系统管理员', roles: [{ role: 'admin', place: countyCode }] },
  { username: 'producer', name: '李制播', roles: [{ role: 'producer', place: countyCode }] },
  { username: 'reviewer', name: '王审核', roles: [{ role: 'reviewer', place: countyCode }] },
  { username: 'reviewer2', name: '赵审核', roles: [{ role: 'reviewer', place: countyCode }] },
  { username: 'scheduler', name: '陈编排', roles: [{ role: 'scheduler', place: countyCode }] },
  { username: 'township', name: '周远程', roles: [{ role: 'township', place: 't1' }] },
  { username: 'member', name: '张党员', roles: [{ role: 'member', place: countyCode }] },
];

const place = (code: string, name: string, kind: Place['kind'], parent: string, operators: string[] = []): Place => ({
  code,
  name,
  kind,
  parent,
  operators,
});

/** Three townships, a village each and two stations in each village. */
export const demoPlaces: readonly Place[] = [
  place('t1', '青山镇', 'township', countyCode, ['周远程', '吴远程']),
  place('t2', '河口镇', 'township', countyCode, ['郑远程', '冯远程']),
  place('t3', '石桥乡', 'township', countyCode, ['褚远程', '卫远程']),
  place('v1', '红星村', 'village', 't1'),
  place('v2', '柳湾村', 'village', 't2'),
  place('v3', '新桥村', 'village', 't3'),
  place('s1', '红星村党员活动室', 'station', 'v1', ['蒋国强', '沈秀兰']),
  place('s2', '红星小学', 'station', 'v1', ['韩老师', '杨老师']),
  place('s3', '柳湾村党员活动室', 'station', 'v2', ['朱建军', '秦玉梅']),
  place('s4', '柳湾村农家书屋', 'station', 'v2', ['尤志明', '许桂英']),
  place('s5', '新桥村党员活动室', 'station', 'v3', ['何德胜', '吕春花']),
  place('s6', '新桥村合作社', 'station', 'v3', ['施永福', '张丽华']),
];

type Parts = PlaceParts & ChannelParts & Pick<AccountParts, 'users'> & Pick<Surroundings, 'clock' | 'passwordCost'>;

/** Makes the demo's county, places and people where they are missing, and gives all demo accounts this password. */
export async function ensureDemoCounty(parts: Parts, password: string): Promise<void> {
  await ensureFirstCounty(parts);
  for (const wanted of demoPlaces) {
    if ((await parts.places.find(wanted.code)) === undefined) await parts.places.add(wanted);
  }
  if ((await parts.places.find(countyCode))?.operators.length === 0) {
    await parts.places.change(countyCode, { operators: ['孙主任', '钱干事'], hotline: '0710-12371' });
  }
  await parts.channels.change(countyCode, {
    audience: 'public',
    fillerCategories: ['theory', 'technique', 'wealth', 'health'],
    // Enough to see them; two days of them would keep a small machine busy for minutes.
    gapCardHours: 2,
  });
  // A password takes a tenth of a second on purpose; at every restart of the server, viewers wait for these.
  await Promise.all(demoUsers.map((user) => ensureUser(parts, user, password)));
}

async function ensureUser({ users, clock, passwordCost }: Parts, user: BuiltInUser, password: string): Promise<void> {
  const found = await users.credentials(user.username);
  if (found === undefined) await addBuiltInUser(users, { ...user, passwordCost }, password, clock());
  else if (!(await isPassword(password, found.passwordHash)))
    await users.setPassword(found.user.id, await hashPassword(password, passwordCost));
}
