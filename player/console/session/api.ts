import { createApi } from '../../shared/api.ts';
import { createStore } from '../parts/store.ts';

/** Whether the password is being asked for; `answer` tells whether it was given. */
export const stepUpAsked = createStore<{ readonly answer: (given: boolean) => void } | undefined>(undefined);
/** Whether the server said that there is no session, or no longer. */
export const sessionLost = createStore(false);

/** Calls one endpoint of the contract; asks for the password again where the server wants it. */
export const call = createApi({
  stepUp: () =>
    new Promise((resolve) => {
      stepUpAsked.set({
        answer: (given) => {
          stepUpAsked.set(undefined);
          resolve(given);
        },
      });
    }),
  onSignedOut: () => {
    sessionLost.set(true);
  },
});
