import { Select, Table } from 'antd';
import type { SheetFindingView, SheetRowView } from '../../../../media/contract/sheet.ts';
import type { SheetFilm } from '../../../../media/sheet/apply-sheet.ts';
import type { SheetFinding } from '../../../../media/sheet/sheet-finding.ts';
import { sheetFindingText } from '../../../../media/sheet/sheet-finding-text.ts';
import { clockText } from '../../../../media/sheet/sheet-time.ts';
import { useSpeech, useWords } from '../../words/words.tsx';
import { FilmPicker } from '../film-picker.tsx';
import { filmOf, plain, rowKey } from './sheet-draft.ts';
import './sheet.css';
import type { OpenSheet } from './use-sheet.ts';

interface Line {
  readonly key: string;
  readonly page: string;
  readonly line: number;
  readonly row?: SheetRowView;
  readonly findings: readonly SheetFindingView[];
}

/** The rows of a sheet as they were understood, with what is wrong; films can be chosen where it is not certain. */
export function SheetRows(props: {
  readonly open: OpenSheet;
  readonly onlyProblems: boolean;
  readonly onChoose: (key: string, film: SheetFilm | undefined) => void;
}) {
  const { open } = props;
  const words = useWords().sheet;
  const lines = linesOf(open).filter(({ findings }) => !props.onlyProblems || findings.length > 0);
  return (
    <Table<Line>
      className="sheet-rows"
      size="small"
      rowKey="key"
      dataSource={lines}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
      scroll={{ x: 860, y: '46vh' }}
      columns={[
        {
          title: words.line,
          width: 90,
          render: (_, { page, line }) => <span className="muted">{page === '' ? line : `${page} ${line}`}</span>,
        },
        { title: words.date, width: 104, render: (_, { row }) => row?.date ?? '' },
        { title: words.time, width: 80, render: (_, { row }) => (row === undefined ? '' : timeOf(row, words.follows)) },
        { title: words.inSheet, width: 180, render: (_, { row }) => row?.title ?? '' },
        {
          title: words.film,
          width: 260,
          render: (_, { row }) =>
            row === undefined ? null : (
              <FilmChoice
                row={row}
                chosen={filmOf(row, open.choices)}
                onChoose={(film) => props.onChoose(rowKey(row), film)}
              />
            ),
        },
        {
          title: words.problem,
          render: (_, { row, findings }) => (
            <Problems
              findings={
                row !== undefined && filmOf(row, open.choices) !== undefined
                  ? findings.filter(({ code }) => code !== 'unknown_film' && code !== 'choose_film')
                  : findings
              }
            />
          ),
        },
      ]}
    />
  );
}

const timeOf = ({ startMs }: SheetRowView, follows: string): string =>
  startMs === undefined ? follows : clockText(startMs).replace(/:00$/, '');

/** Rows that were read and rows that could not be, in the order of the sheet. */
function linesOf({ reply }: OpenSheet): readonly Line[] {
  const lines = new Map<string, Line>();
  const pages = [...new Set([...reply.rows, ...reply.findings].map(({ page }) => page))];
  for (const row of reply.rows) {
    lines.set(rowKey(row), { key: rowKey(row), page: row.page, line: row.line, row, findings: [] });
  }
  for (const finding of reply.findings) {
    const key = rowKey(finding);
    const known = lines.get(key) ?? { key, page: finding.page, line: finding.line, findings: [] };
    lines.set(key, { ...known, findings: [...known.findings, finding] });
  }
  return [...lines.values()].sort((a, b) => pages.indexOf(a.page) - pages.indexOf(b.page) || a.line - b.line);
}

function Problems({ findings }: { readonly findings: readonly SheetFindingView[] }) {
  const { language } = useSpeech();
  return (
    <>
      {findings.map((finding) => (
        <div key={finding.code} className={`finding finding-${finding.severity}`}>
          {sheetFindingText(finding as SheetFinding, language)}
        </div>
      ))}
    </>
  );
}

/** The film that a row means; a choice among those that are alike, or any film of the library. */
function FilmChoice(props: {
  readonly row: SheetRowView;
  readonly chosen: SheetFilm | undefined;
  readonly onChoose: (film: SheetFilm | undefined) => void;
}) {
  const { row, chosen } = props;
  const words = useWords().sheet;
  const { kind, candidates } = row.match;
  if (row.match.film !== undefined && chosen?.filmId === row.match.film.filmId) {
    return (
      <span>
        {chosen.title} <span className="muted">{kind === 'exact' || kind === 'number' ? '' : words.kinds[kind]}</span>
      </span>
    );
  }
  if (kind === 'slot') return <span>{words.kinds.slot}</span>;
  if (candidates.length === 0) {
    return (
      <FilmPicker
        row={{ filmId: chosen?.filmId ?? '', filmTitle: chosen?.title ?? '' }}
        onChoose={({ filmId, filmTitle, filmMs }) => {
          props.onChoose(plain({ filmId: filmId ?? '', title: filmTitle ?? '', durationMs: filmMs }));
        }}
      />
    );
  }
  return (
    <Select
      aria-label={words.film}
      className="film-picker"
      placeholder={words.unnamed}
      value={chosen?.filmId ?? null}
      allowClear
      options={candidates.map((film, index): { value: string; label: string } => ({
        value: film.filmId,
        label: index === 0 ? words.suggested(film.title) : film.title,
      }))}
      onChange={(filmId: string | null | undefined) => {
        const film = candidates.find((each) => each.filmId === filmId);
        props.onChoose(film === undefined ? undefined : plain(film));
      }}
    />
  );
}
