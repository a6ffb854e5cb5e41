import { Result, Spin } from 'antd';
import { type ComponentType, lazy, type LazyExoticComponent, Suspense } from 'react';
import type { ScreenInput } from '../parts/screen-input.ts';
import { useWords } from '../words/words.tsx';

type Loading = LazyExoticComponent<ComponentType<ScreenInput>>;

/** Each screen is a file of its own, loaded when it is first opened. */
const screens: Readonly<Record<string, Loading>> = {
  '': lazy(async () => ({ default: (await import('../home/home.tsx')).Home })),
  upload: lazy(async () => ({ default: (await import('../films/upload/upload-page.tsx')).UploadPage })),
  films: lazy(async () => ({ default: (await import('../films/films.tsx')).Films })),
  review: lazy(async () => ({ default: (await import('../films/review-queue.tsx')).ReviewQueue })),
  plans: lazy(async () => ({ default: (await import('../planning/plans.tsx')).Plans })),
  'office/places': lazy(async () => ({ default: (await import('../office/places.tsx')).Places })),
  'office/users': lazy(async () => ({ default: (await import('../office/users.tsx')).Users })),
  'office/categories': lazy(async () => ({ default: (await import('../office/categories.tsx')).Categories })),
  'office/channels': lazy(async () => ({ default: (await import('../office/channels.tsx')).Channels })),
  'office/settings': lazy(async () => ({ default: (await import('../office/settings.tsx')).Settings })),
  'office/audit': lazy(async () => ({ default: (await import('../office/audit.tsx')).Audit })),
  'office/status': lazy(async () => ({ default: (await import('../office/status.tsx')).Status })),
};

/** The screen that the address names. */
export function Screens({ route }: { readonly route: readonly string[] }) {
  const words = useWords().frame;
  const depth = route[0] === 'office' ? 2 : 1;
  const Shown = screens[route.slice(0, depth).join('/')];
  if (Shown === undefined) {
    return <Result status="404" title={words.notFound} extra={<a href="#/">{words.toHome}</a>} />;
  }
  return (
    <Suspense
      fallback={
        <div className="loading">
          <Spin size="large" />
        </div>
      }
    >
      <Shown rest={route.slice(depth)} />
    </Suspense>
  );
}
