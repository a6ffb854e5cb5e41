import { remember, remembered } from '../shared/remembered.ts';
import { actionOf, keyName, type KeyProfile, type PressedKey, type RemoteAction } from './remote-keys.ts';

/** The keys that set-up asks for, the most needed first; what a remote lacks is passed over. */
export const learnedActions = [
  'back',
  'ok',
  'up',
  'down',
  'left',
  'right',
  'channel-up',
  'channel-down',
  'red',
  'green',
  'yellow',
  'blue',
] as const satisfies readonly RemoteAction[];
export type LearnedAction = (typeof learnedActions)[number];

const isLearned = (action: unknown): action is LearnedAction => (learnedActions as readonly unknown[]).includes(action);

/** The profile that this box keeps; empty where none was learned or what is kept is broken. */
export function keptProfile(): KeyProfile {
  try {
    const kept = JSON.parse(remembered('keys') ?? '{}') as Readonly<Record<string, unknown>>;
    const profile: Record<string, RemoteAction> = {};
    for (const name of Object.keys(kept)) {
      const action = kept[name];
      if (isLearned(action)) profile[name] = action;
    }
    return profile;
  } catch {
    return {};
  }
}

export const keepProfile = (profile: KeyProfile): void => remember('keys', JSON.stringify(profile));

/**
 * The profile with one more key. A key that means the action anyway is not kept; a key that was learned for another action
 * before is refused (undefined), so that nobody locks himself out by pressing OK all the time.
 */
export function withLearnedKey(
  profile: KeyProfile,
  action: LearnedAction,
  pressed: PressedKey,
): KeyProfile | undefined {
  const before = profile[keyName(pressed)];
  if (before !== undefined && before !== action) return undefined;
  return actionOf(pressed, profile) === action ? profile : { ...profile, [keyName(pressed)]: action };
}
