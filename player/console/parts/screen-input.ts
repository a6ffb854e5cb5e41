/** What a screen gets: the parts of the address behind its name. */
export interface ScreenInput {
  readonly rest: readonly string[];
}
