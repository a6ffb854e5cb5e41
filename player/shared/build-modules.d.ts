/** Modules that the build answers (player/vite.config.mjs). */
declare module 'virtual:endpoints' {
  /** Method and path of every line of the contract table. */
  export const endpoints: import('./api-client.ts').EndpointTable;
}
declare module 'virtual:later-screens' {
  /** Fetches the station's second script; rejects where that fails. */
  export const loadLaterScreens: () => Promise<typeof import('../station/later.tsx')>;
}
declare module '*?url' {
  const url: string;
  export default url;
}
declare module '*.css';
