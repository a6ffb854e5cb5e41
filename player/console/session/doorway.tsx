import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiError } from '../../shared/api-error.ts';
import { Frame } from '../frame/frame.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useRoute } from '../parts/route.ts';
import { useStore } from '../parts/store.ts';
import { AcceptInvitation } from './accept-invitation.tsx';
import { call, sessionLost } from './api.ts';
import { type Person, SessionContext } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { StepUpDialog } from './step-up-dialog.tsx';

/** Lets in who is signed in; where a session ends, the sign-in stands in front of the screens, so that nothing unsaved is lost. */
export function Doorway() {
  const [screen, token] = useRoute();
  const queries = useQueryClient();
  const lost = useStore(sessionLost);
  const current = useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: Infinity });
  const person = current.data?.person;
  const session = useMemo(() => person && { person, signOut }, [person]);
  const enter = async () => {
    sessionLost.set(false);
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'screen' });
  };
  if (screen === 'invitation' && token !== undefined) return <AcceptInvitation token={token} onSignedIn={enter} />;
  return (
    <Loaded from={current}>
      {() => (
        <>
          {session === undefined ? null : (
            <SessionContext key={session.person.id} value={session}>
              <div inert={lost}>
                <Frame />
              </div>
              <StepUpDialog />
            </SessionContext>
          )}
          {session === undefined || lost ? <SignIn ended={session !== undefined} onSignedIn={enter} /> : null}
        </>
      )}
    </Loaded>
  );
}

async function readSession(): Promise<{ readonly person: Person | undefined }> {
  try {
    const { user } = await call('currentSession');
    return { person: user };
  } catch (error) {
    if (error instanceof ApiError && error.code === 'sign_in') return { person: undefined };
    throw error;
  }
}

/** Leaves, also where the server is away: the page starts anew. */
function signOut(): void {
  const leave = () => {
    location.assign('#/');
    location.reload();
  };
  call('signOut').then(leave, leave);
}
