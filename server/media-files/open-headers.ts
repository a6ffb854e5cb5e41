/**
 * Headers of everything under `/p/`: any origin may read it, for the right is in the address and no cookie counts; nobody
 * guesses types. Flat name-value lists go to the socket as they are, and each pair costs, which is why there are two.
 */
export const openHeaders: readonly string[] = ['Access-Control-Allow-Origin', '*', 'X-Content-Type-Options', 'nosniff'];
