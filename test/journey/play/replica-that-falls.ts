import { startReplica } from '../start-replica.ts';
import type { PlayServer } from './play-through.ts';

/** One more server of the demo, which is killed and started again on its port. */
export async function replicaThatFalls(): Promise<PlayServer & { readonly stop: () => Promise<void> }> {
  let replica = await startReplica();
  const { address, port } = replica;
  return {
    address,
    strike: async () => {
      replica.kill();
      replica = await startReplica(port);
    },
    stop: () => replica.stop(),
  };
}
