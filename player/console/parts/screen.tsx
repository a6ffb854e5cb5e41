import { type ReactNode, useEffect } from 'react';
import { useWords } from '../words/words.tsx';

/** One screen: its heading, what can be done, its content; names the browser's tab too. */
export function Screen({
  title,
  actions,
  back,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly back?: ReactNode;
  readonly children: ReactNode;
}) {
  const words = useWords();
  useEffect(() => {
    document.title = `${title} · ${words.frame.product}`;
  }, [title, words]);
  return (
    <section className="screen">
      {back === undefined ? null : <nav className="screen-back">{back}</nav>}
      <header className="screen-head">
        <h1>{title}</h1>
        <div className="screen-actions">{actions}</div>
      </header>
      {children}
    </section>
  );
}
