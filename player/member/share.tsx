/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks';
import { addressHere } from './navigate.tsx';
import type { MemberWords } from './words.ts';

/** Passes this page on: by the phone's own menu, else by copying the link, else by showing it to be copied by hand. */
export function Share({ title, words }: { readonly title: string; readonly words: MemberWords }) {
  const [told, setTold] = useState<'nothing' | 'copied' | 'shown'>('nothing');
  const field = useRef<HTMLInputElement>(null);
  const url = addressHere();
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
        {told !== 'nothing' && isChat() ? ` ${words.chatMenu}` : ''}
      </span>
      {told === 'shown' ? <input ref={field} class="share-link" readOnly value={url} aria-label={words.share} /> : null}
    </>
  );
}

/** The browsers inside WeChat, its office sibling, QQ and DingTalk pass pages on by a menu of their own, which no page can open. */
const isChat = (): boolean => /MicroMessenger|wxwork| QQ\/|DingTalk/i.test(navigator.userAgent);

/** Browsers have a clipboard on https only; the older way works everywhere as long as somebody just pressed. */
async function copied(text: string): Promise<boolean> {
  try {
    if ('clipboard' in navigator) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // It was forbidden: the older way may still be open.
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'for-readers';
  document.body.append(field);
  const before = document.activeElement;
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- without https there is nothing else
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
