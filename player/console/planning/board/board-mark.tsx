import {
  ClockCircleOutlined,
  CloseCircleFilled,
  FieldTimeOutlined,
  LockOutlined,
  QuestionCircleOutlined,
  RetweetOutlined,
  ScissorOutlined,
  StarFilled,
  SwapOutlined,
  UnlockOutlined,
  WarningFilled,
} from '@ant-design/icons';
import { useWords } from '../../words/words.tsx';
import type { BoardMark } from './board-entries.ts';

const signs: Readonly<Record<BoardMark, React.ReactNode>> = {
  noFilm: <QuestionCircleOutlined aria-hidden />,
  notReady: <ClockCircleOutlined aria-hidden />,
  overlap: <SwapOutlined aria-hidden />,
  error: <CloseCircleFilled aria-hidden />,
  truncated: <ScissorOutlined aria-hidden />,
  late: <FieldTimeOutlined aria-hidden />,
  warning: <WarningFilled aria-hidden />,
  mustWatch: <StarFilled aria-hidden />,
  open: <UnlockOutlined aria-hidden />,
  locked: <LockOutlined aria-hidden />,
  repeated: <RetweetOutlined aria-hidden />,
};

/** Signs of an item; each has its word for who points at it and who hears it. */
export function BoardMarks({
  marks,
  withWords = false,
}: {
  readonly marks: readonly BoardMark[];
  /** Shows the words too. */
  readonly withWords?: boolean;
}) {
  const words = useWords().board.marks;
  if (marks.length === 0) return null;
  return (
    <span className="board-marks">
      {marks.map((mark) => (
        <span key={mark} className={`board-mark board-mark-${mark}`} title={words[mark]}>
          {signs[mark]}
          <span className={withWords ? '' : 'board-unseen'}>{words[mark]}</span>
        </span>
      ))}
    </span>
  );
}
