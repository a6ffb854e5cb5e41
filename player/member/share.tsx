/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks';
import type { MemberWords } from './words.ts';

/** Passes this page on: by the phone's own menu, else by copying the link, else by showing it to be copied by hand. */
export function Share({ title, words }: { readonly title: string; readonly words: MemberWords }) {
  const [told, setTold] = useState<'nothing' | 'copied' | 'shown'>('nothing');
  const field = useRef<HTMLInputElement>(null);
  const url = location.href;
  const share = async () => {
    try {
      if ('share' in navigator) {
        await navigator.share({ title, url });
        return;
      }
    } catch (error) {
      // Somebody closed the menu again.
      if (error instanceof DOMException && error.name === 'AbortError') return;
    }
    setTold((await copied(url)) ? 'copied' : 'shown');
    setTimeout(() => field.current?.select());
  };
  return (
    <>
      <button onClick={() => void share()}>{words.share}</button>
      <span class="share-told" role="status">
        {told === 'copied' ? words.copied : told === 'shown' ? words.copyByHand : ''}
      </span>
      {told === 'shown' ? <input ref={field} class="share-link" readOnly value={url} aria-label={words.share} /> : null}
    </>
  );
}

/** Browsers have a clipboard on https only. */
async function copied(text: string): Promise<boolean> {
  if (!('clipboard' in navigator)) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
