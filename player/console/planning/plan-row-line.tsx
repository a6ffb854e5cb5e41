import { RetweetOutlined, WarningFilled } from '@ant-design/icons';
import { Button, Checkbox, Tag } from 'antd';
import { useState } from 'react';
import type { Finding } from '../../../media/contract/planning.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';
import { readClock, readLength, showClock } from './clock-text.ts';
import { addRow, changeRow, duplicateRow, moveRow, withFilmLength } from './edit-rows.ts';
import { FilmPicker } from './film-picker.tsx';
import { FindingText } from './finding-list.tsx';
import { bareSlot, isBareSlot, isSaved, type PlanRow, type RowTimes } from './plan-rows.ts';
import { RepeatDialog } from './repeat-dialog.tsx';
import { airsOnOwnDay, withRepeat } from './repeat-rows.ts';
import { repeatText } from './repeat-text.ts';
import { RowButtons } from './row-buttons.tsx';
import { TypedField } from './typed-field.tsx';
import { type Draft, freshRowId } from './use-draft.ts';

interface LineInput {
  readonly row: PlanRow;
  /** Place in the whole list, from 1. */
  readonly number: number;
  /** Last day of the plan, included. */
  readonly lastDay: string;
  readonly times: RowTimes;
  readonly findings: readonly Finding[];
  readonly draft: Draft;
  readonly isEditable: boolean;
  /** It stands on the plan of a township or village, which leaves nothing open. */
  readonly ofPlace: boolean;
}

/** One line of the list with its findings. */
export function PlanRowLine(props: LineInput) {
  const { row, number, findings, isEditable } = props;
  const words = useWords().planning.page;
  const { zone } = useClock();
  const [isRepeating, setIsRepeating] = useState(false);
  const openRepeat = () => setIsRepeating(true);
  const hasFilm = isSaved(row);
  const worst = findings.some(({ severity }) => severity === 'error')
    ? 'error'
    : findings.length > 0 || !hasFilm
      ? 'warning'
      : 'fine';
  return (
    <li
      className={`row row-${worst}${isEditable ? '' : ' row-plain'}`}
      data-row={row.id}
      aria-label={words.row(number)}
      onKeyDown={keysOf(props, zone, openRepeat)}
    >
      <span className="row-number" aria-hidden>
        {number}
      </span>
      {isEditable ? <EditableCells {...props} onRepeat={openRepeat} /> : <PlainCells {...props} />}
      {row.repeat === undefined ? null : <RepeatLine row={row} {...(isEditable ? { onRepeat: openRepeat } : {})} />}
      {isEditable ? (
        <RepeatDialog
          row={row}
          lastDay={props.lastDay}
          open={isRepeating}
          onClose={() => setIsRepeating(false)}
          onRepeat={(repeat) => props.draft.edit((rows) => withRepeat(rows, row.id, repeat))}
        />
      ) : null}
      {findings.length === 0 && hasFilm ? null : (
        <div className="row-findings">
          {hasFilm ? null : (
            <span className="finding finding-warning">
              <WarningFilled aria-label={words.warning} />
              {words.withoutFilm}
            </span>
          )}
          {findings.map((finding, index) => (
            <FindingText key={`${finding.code}-${index}`} finding={finding} />
          ))}
        </div>
      )}
    </li>
  );
}

/** On which other days the line airs. */
function RepeatLine({ row, onRepeat }: Pick<LineInput, 'row'> & { readonly onRepeat?: () => void }) {
  const words = useWords().repeats;
  if (row.repeat === undefined || row.startMode === 'follow') return null;
  const text = repeatText(row.repeat, words);
  return (
    <div className="row-repeat">
      <RetweetOutlined aria-hidden />
      {onRepeat === undefined ? (
        <span className="muted">{text}</span>
      ) : (
        <Button type="link" size="small" onClick={onRepeat}>
          {text}
        </Button>
      )}
      {airsOnOwnDay(row) ? null : <Tag color="warning">{words.notToday}</Tag>}
    </div>
  );
}

/** Alt+arrows move, Ctrl+Enter inserts, Ctrl+D duplicates, Alt+R sets the rule. */
function keysOf(
  { row, draft, isEditable }: LineInput,
  zone: string,
  openRepeat: () => void,
): (event: React.KeyboardEvent) => void {
  return (event) => {
    // Events of a dialog come here too, though it lies elsewhere on the page.
    if (!isEditable || !event.currentTarget.contains(event.target as Node)) return;
    if (event.altKey && event.code === 'KeyR' && row.startMode !== 'follow') {
      event.preventDefault();
      openRepeat();
      return;
    }
    const control = event.ctrlKey || event.metaKey;
    const id = freshRowId();
    const change =
      event.altKey && event.key === 'ArrowUp'
        ? (rows: readonly PlanRow[]) => moveRow(rows, row.id, -1)
        : event.altKey && event.key === 'ArrowDown'
          ? (rows: readonly PlanRow[]) => moveRow(rows, row.id, 1)
          : control && event.key === 'Enter'
            ? (rows: readonly PlanRow[]) => addRow(rows, { day: row.day, behind: row.id }, id, zone)
            : control && event.key.toLowerCase() === 'd'
              ? (rows: readonly PlanRow[]) => duplicateRow(rows, row.id, id)
              : undefined;
    if (change === undefined) return;
    event.preventDefault();
    draft.edit(change);
  };
}

function EditableCells({ row, times, draft, ofPlace, onRepeat }: LineInput & { readonly onRepeat: () => void }) {
  const words = useWords().planning.page;
  const clock = useClock();
  const set = (fields: Partial<PlanRow>) => draft.edit((rows) => changeRow(rows, row.id, fields));
  const isFollower = row.startMode === 'follow';
  const start = times.startAtMs === undefined ? '' : clock.exact(times.startAtMs).slice(11);
  const end = times.endAtMs === undefined ? '' : clock.exact(times.endAtMs).slice(11);
  const lengthMs = row.durationMs ?? row.filmMs;
  return (
    <>
      <div className="row-start">
        <TypedField
          label={words.start}
          value={showClock(isFollower ? start : row.clock)}
          disabled={isFollower}
          hint={words.badTime}
          read={readClock}
          onRead={(text) => set({ clock: text })}
        />
        <Checkbox
          checked={isFollower}
          onChange={({ target }) =>
            set(target.checked ? { startMode: 'follow', clock: '' } : { startMode: 'hard', maxLateMs: 0, clock: start })
          }
        >
          {words.follow}
        </Checkbox>
        {isFollower ? null : <LatenessField {...{ row, set }} />}
      </div>
      <div className="row-film">
        <FilmPicker
          row={row}
          placeholder={isBareSlot(row) ? words.bareSlot : words.chooseFilm}
          onChoose={(film) =>
            draft.edit((rows) => {
              const made = changeRow(rows, row.id, film);
              // How long the slot was says nothing of the film.
              return isBareSlot(row) ? withFilmLength(made, row.id) : made;
            })
          }
        />
        <TypedField
          label={words.note}
          placeholder={words.note}
          value={row.note}
          read={(text) => text}
          onRead={(note) => set({ note })}
        />
      </div>
      <div className="row-length">
        <TypedField
          label={words.length}
          hint={words.badLength}
          value={lengthMs === undefined ? '' : lengthText(lengthMs)}
          read={(text) => (text.trim() === '' && !isBareSlot(row) ? 0 : readLength(text))}
          onRead={(durationMs) =>
            durationMs === 0 ? draft.edit((rows) => withFilmLength(rows, row.id)) : set({ durationMs })
          }
        />
        <span className="row-end" title={words.end}>
          {end === '' ? '' : `→ ${showClock(end)}`}
        </span>
      </div>
      <div className="row-must">
        <Checkbox
          checked={row.mustWatch}
          onChange={({ target }) => set(target.checked ? { mustWatch: true, open: false } : { mustWatch: false })}
        >
          {words.mustWatch}
        </Checkbox>
        {ofPlace ? null : (
          <Checkbox
            checked={row.open === true}
            title={words.openHint}
            onChange={({ target }) => {
              if (!target.checked) set({ open: false });
              else if (row.filmId !== '') set({ open: true, mustWatch: false });
              else set({ ...bareSlot, durationMs: row.durationMs ?? bareSlot.durationMs });
            }}
          >
            {words.open}
          </Checkbox>
        )}
      </div>
      <RowButtons row={row} draft={draft} onRepeat={onRepeat} />
    </>
  );
}

/** How long the item may wait for the one before it; empty for an exact start. */
function LatenessField({ row, set }: Pick<LineInput, 'row'> & { readonly set: (fields: Partial<PlanRow>) => void }) {
  const words = useWords().planning.page;
  return (
    <TypedField
      label={words.mayWait}
      placeholder={words.onTime}
      hint={words.badLength}
      value={row.startMode === 'soft' ? `+${lengthText(row.maxLateMs)}` : ''}
      read={(text) => (/^[+＋\s0]*$/.test(text) ? 0 : readLength(text.replace(/[+＋]/, '')))}
      onRead={(maxLateMs) => set({ startMode: maxLateMs === 0 ? 'hard' : 'soft', maxLateMs })}
    />
  );
}

function PlainCells({ row, times }: LineInput) {
  const words = useWords().planning.page;
  const clock = useClock();
  const at = (atMs: number | undefined) => (atMs === undefined ? '' : showClock(clock.exact(atMs).slice(11)));
  const lengthMs = row.durationMs ?? row.filmMs;
  return (
    <>
      <strong className="row-start">{at(times.startAtMs)}</strong>
      <div className="row-film">
        <strong className="film-title">{row.title ?? row.filmTitle}</strong>
        {row.note === '' ? null : <span className="muted">{row.note}</span>}
      </div>
      <span className="row-length">
        {lengthMs === undefined ? '' : lengthText(lengthMs)}
        <span className="row-end">{times.endAtMs === undefined ? '' : `→ ${at(times.endAtMs)}`}</span>
      </span>
      <span className="row-must">
        {row.mustWatch ? <Tag color="red">{words.mustWatch}</Tag> : null}
        {row.open === true ? <Tag color="green">{words.open}</Tag> : null}
      </span>
    </>
  );
}
