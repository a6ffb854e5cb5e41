/** Modules that the build answers (player/vite.config.mjs). */
declare module 'virtual:endpoints' {
  /** Method and path of every line of the contract table. */
  export const endpoints: import('./api-client.ts').EndpointTable;
}
declare module '*?url' {
  const url: string;
  export default url;
}
declare module '*.css';
declare module 'hls.js/light' {
  /** The same class as that of hls.js, with fewer controllers. */
  const Hls: unknown;
  export default Hls;
}
