import { Empty, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import { ErrorNotice } from './error-notice.tsx';

/** The parts of a query that its screen needs. */
export interface LoadState<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Shows loading, failure, or what was loaded; what is there stays while it is loaded again. */
export function Loaded<T>({
  from,
  children,
}: {
  readonly from: LoadState<T>;
  readonly children: (data: T) => ReactNode;
}) {
  if (from.data !== undefined) {
    return (
      <>
        {from.error === null ? null : <ErrorNotice error={from.error} onAgain={() => void from.refetch()} />}
        {children(from.data)}
      </>
    );
  }
  if (from.error !== null) return <ErrorNotice error={from.error} onAgain={() => void from.refetch()} />;
  return <Loading />;
}

/** Something is on its way. */
export function Loading() {
  return (
    <div className="loading" role="status" aria-label={useWords().frame.loading}>
      <Spin size="large" />
    </div>
  );
}

/** Nothing is here, and what to do about it. */
export const Nothing = ({ text, children }: { readonly text: string; readonly children?: ReactNode }) => (
  <Empty className="nothing" image={Empty.PRESENTED_IMAGE_SIMPLE} description={text}>
    {children}
  </Empty>
);
