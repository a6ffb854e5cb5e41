import { useQuery } from '@tanstack/react-query';
import { Result } from 'antd';
import type { ComponentType } from 'react';
import { ApiError } from '../../shared/api-error.ts';
import { Loaded } from '../parts/loaded.tsx';
import type { ScreenInput } from '../parts/screen-input.ts';
import { useWords } from '../words/words.tsx';

type Shown = ComponentType<ScreenInput>;

/** Each screen is a file of its own, loaded when it is first opened. */
const screens: Readonly<Record<string, () => Promise<Shown>>> = {
  '': async () => (await import('../home/home.tsx')).Home,
  upload: async () => (await import('../films/upload/upload-page.tsx')).UploadPage,
  films: async () => (await import('../films/films.tsx')).Films,
  review: async () => (await import('../films/review-queue.tsx')).ReviewQueue,
  today: async () => (await import('../today/today.tsx')).Today,
  plans: async () => (await import('../planning/plans.tsx')).Plans,
  'office/places': async () => (await import('../office/places.tsx')).Places,
  'office/users': async () => (await import('../office/users.tsx')).Users,
  'office/categories': async () => (await import('../office/categories.tsx')).Categories,
  'office/channels': async () => (await import('../office/channels.tsx')).Channels,
  'office/settings': async () => (await import('../office/settings.tsx')).Settings,
  'office/audit': async () => (await import('../office/audit.tsx')).Audit,
  'office/queue': async () => (await import('../office/queue.tsx')).Queue,
  'office/status': async () => (await import('../office/status.tsx')).Status,
};

/** The screen that the address names. */
export function Screens({ route }: { readonly route: readonly string[] }) {
  const words = useWords().frame;
  const depth = route[0] === 'office' ? 2 : 1;
  const name = route.slice(0, depth).join('/');
  const load = screens[name];
  if (load === undefined) {
    return <Result status="404" title={words.notFound} extra={<a href="#/">{words.toHome}</a>} />;
  }
  return <LoadedScreen key={name} name={name} load={load} rest={route.slice(depth)} />;
}

/** What cannot be fetched now is said and tried again; everything else on the page goes on. */
function LoadedScreen({
  name,
  load,
  rest,
}: ScreenInput & { readonly name: string; readonly load: () => Promise<Shown> }) {
  const file = useQuery({
    queryKey: ['screen', name],
    queryFn: async () => {
      const Screen = await load().catch((error: unknown) => {
        throw new ApiError({ status: 0, code: 'network', detail: String(error) });
      });
      return { Screen };
    },
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
  });
  return <Loaded from={file}>{({ Screen }) => <Screen rest={rest} />}</Loaded>;
}
