import type { ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Mark } from '../parts/mark.tsx';

/** The page before the house: a card with the product's name. */
export function Entrance({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const words = useWords();
  return (
    <main className="entrance">
      <div className="entrance-card">
        <header className="entrance-head">
          <Mark />
          <div>
            <strong>{words.frame.product}</strong>
            <p>{words.frame.slogan}</p>
          </div>
        </header>
        <h1>{title}</h1>
        {children}
      </div>
      <LanguageChoice />
    </main>
  );
}
