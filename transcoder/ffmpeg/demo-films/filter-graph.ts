/** Values of a filter's options; numbers are written as they are. */
export type FilterOptions = Readonly<Record<string, string | number>>;

/** Escapes an option's value twice: for the option list (`:` and `\`) and for the graph (quotes around the whole). */
const escapeValue = (value: string | number): string =>
  String(value).replaceAll('\\', '\\\\').replaceAll(':', '\\:').replaceAll("'", "\\'");

/** One filter with its options, written so that no path, text or expression can end it early. */
export const filter = (name: string, options: FilterOptions = {}): string => {
  const list = Object.entries(options).map(([key, value]) => `${key}=${escapeValue(value)}`);
  if (list.length === 0) return name;
  return `${name}='${list.join(':').replaceAll("'", String.raw`'\''`)}'`;
};

/** A chain of filters from labelled inputs to one labelled output. */
export const chain = (inputs: readonly string[], filters: readonly string[], output: string): string =>
  `${inputs.map((label) => `[${label}]`).join('')}${filters.join(',')}[${output}]`;
