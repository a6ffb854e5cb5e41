import { readSheetLength } from './sheet-time.ts';
import { foldCell, type SheetValue } from './sheet-page.ts';

/** How a programme starts (media/plan/plan.ts), and how late it may be. */
export interface SheetStart {
  readonly startMode: 'hard' | 'soft' | 'follow';
  readonly maxLateMs: number;
}

const exact: SheetStart = { startMode: 'hard', maxLateMs: 0 };
const follow: SheetStart = { startMode: 'follow', maxLateMs: 0 };

/** Reads `准点`, `紧接`, `可推迟 5分`; an empty cell is an exact start. Undefined for anything else. */
export function readStartMode(value: SheetValue): SheetStart | undefined {
  const text = foldCell(value).toLowerCase();
  if (/^(|准点|准时|整点|hard|exact)$/u.test(text)) return exact;
  if (/^(紧接|跟随|顺播|接播|follow|follows)$/u.test(text)) return follow;
  const late = /^(?:可?推迟|可?延迟|可?延|soft|late)\s*(.+)$/u.exec(text)?.[1];
  const maxLateMs = late === undefined ? undefined : /^0\s*秒?$/u.test(late) ? 0 : readSheetLength(late);
  return maxLateMs === undefined ? undefined : { startMode: 'soft', maxLateMs };
}

/** The same in words that `readStartMode` reads, lateness in whole seconds. */
export function writeStartMode({ startMode, maxLateMs }: SheetStart): string {
  if (startMode === 'follow') return '紧接';
  if (startMode === 'hard') return '准点';
  const whole = Math.round(maxLateMs / 1000);
  const [minutes, seconds] = [Math.floor(whole / 60), whole % 60];
  return `可推迟 ${minutes > 0 ? `${minutes}分` : ''}${seconds > 0 || minutes === 0 ? `${seconds}秒` : ''}`;
}
