import { readTable, TableBroken } from '../../media/sheet/read-table.ts';
import { decodeText } from '../sheets/decode-text.ts';

/** What people wrote about a film, as it stands there. */
export interface FilmWords {
  readonly title?: string;
  readonly category?: string;
  readonly language?: string;
  readonly synopsis?: string;
}

/** One film of a sidecar. */
export interface SidecarRow {
  /** Where it stands, for people: `films.csv, line 7`. */
  readonly where: string;
  /** Path below the folder with `/`, in Unicode's composed form. */
  readonly file: string;
  readonly words: FilmWords;
}

/** What cannot be used, where it stands, and what to do. */
export interface SidecarProblem {
  readonly where: string;
  readonly reason: string;
  readonly cure: string;
}

/** Everything that a sidecar says. */
export interface Sidecar {
  readonly rows: readonly SidecarRow[];
  readonly problems: readonly SidecarProblem[];
}

type Field = 'file' | keyof FilmWords;
const names: Readonly<Record<Field, readonly string[]>> = {
  file: ['filename', 'file', '文件名', '文件', '文件名称'],
  title: ['title', '片名', '标题', '名称', '课件名称'],
  category: ['category', '栏目', '类别', '分类'],
  language: ['language', '语言', '语种'],
  synopsis: ['synopsis', '简介', '内容简介', '说明'],
};
const languages: Readonly<Record<string, string>> = {
  ...{ 中文: 'zh-CN', 汉语: 'zh-CN', 普通话: 'zh-CN', 国语: 'zh-CN', 粤语: 'yue', 英语: 'en', 藏语: 'bo' },
  ...{ 维吾尔语: 'ug', 蒙古语: 'mn', 哈萨克语: 'kk', 朝鲜语: 'ko', 壮语: 'za', 彝语: 'ii' },
};

/** One form for names that differ only in how they were typed. */
export const sameName = (file: string): string => file.trim().replace(/\\/g, '/').replace(/^\.\//, '').normalize('NFC');

const fieldOf = (heading: string): Field | undefined => {
  const wanted = heading.trim().toLowerCase();
  return (Object.keys(names) as Field[]).find((field) => names[field].includes(wanted));
};

/** Reads a sidecar by its content: JSON, or a table in CSV. `file` names the film that it speaks of where it does not say so itself. */
export function readSidecar(name: string, bytes: Uint8Array, file?: string): Sidecar {
  const text = decodeText(bytes);
  if (text === undefined) {
    return broken(name, 'it is neither UTF-8 nor GB18030 text', 'Save it as CSV with UTF-8 and run the import again.');
  }
  return /^\s*[[{]/.test(text) ? readJson(name, text, file) : readSheet(name, text);
}

const broken = (where: string, reason: string, cure: string): Sidecar => ({
  rows: [],
  problems: [{ where, reason, cure }],
});

function readSheet(name: string, text: string): Sidecar {
  try {
    const [header, ...lines] = readTable(text);
    const fields = header?.cells.map(fieldOf) ?? [];
    if (!fields.includes('file')) {
      const cure =
        'Give the first line the headings 文件名 (filename), 片名 (title), 栏目 (category), 语言 (language), 简介 (synopsis).';
      return broken(`${name}, line ${header?.line ?? 1}`, 'no column is called 文件名 or filename', cure);
    }
    return checked(
      lines.map(({ line, cells }) => {
        const said = fields.flatMap((field, at) =>
          field === undefined || !cells[at] ? [] : [[field, cells[at]] as const],
        );
        return { where: `${name}, line ${line}`, said: Object.fromEntries(said) };
      }),
    );
  } catch (error) {
    if (!(error instanceof TableBroken)) throw error;
    return broken(`${name}, line ${error.line}`, error.message, 'Close it and run the import again.');
  }
}

function readJson(name: string, text: string, file: string | undefined): Sidecar {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return broken(name, `it is no JSON: ${String(error)}`, 'Mend it there and run the import again.');
  }
  const isFilm = file !== undefined && !Array.isArray(content);
  const entries: readonly (readonly [string, unknown])[] = isFilm
    ? [[name, { file, ...Object(content) }]]
    : Array.isArray(content)
      ? content.map((entry, at) => [`${name}, entry ${at + 1}`, entry] as const)
      : Object.entries(content as object).map(([key, entry]) => [`${name}, "${key}"`, { file: key, ...Object(entry) }]);
  return checked(entries.map(([where, entry]) => ({ where, said: wordsOf(entry) })));
}

function wordsOf(entry: unknown): Partial<Record<Field, string>> {
  const pairs = Object.entries(Object(entry) as object).flatMap(([key, value]) => {
    const field = fieldOf(key);
    return field === undefined || typeof value !== 'string' || value.trim() === ''
      ? []
      : [[field, value.trim()] as const];
  });
  return Object.fromEntries(pairs);
}

/** Rows with their film, each film once. */
function checked(
  entries: readonly { readonly where: string; readonly said: Partial<Record<Field, string>> }[],
): Sidecar {
  const rows = new Map<string, SidecarRow>();
  const problems: SidecarProblem[] = [];
  for (const { where, said } of entries) {
    const { file, language, ...words } = said;
    const before = file === undefined ? undefined : rows.get(sameName(file));
    if (file === undefined) problems.push({ where, reason: 'it names no file', cure: 'Write the file name there.' });
    else if (before !== undefined) {
      problems.push({ where, reason: `${file} stands in ${before.where} already`, cure: 'Keep one of the two.' });
    } else {
      const tag = language === undefined ? {} : { language: languages[language] ?? language };
      rows.set(sameName(file), { where, file: sameName(file), words: { ...words, ...tag } });
    }
  }
  return { rows: [...rows.values()], problems };
}
