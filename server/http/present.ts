type Present<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** Leaves out what is undefined: zod says `undefined` where the contract means "not given". */
export const present = <Value extends object>(value: Value): Present<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Present<Value>;
