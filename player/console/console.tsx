import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useMemo, useState } from 'react';
import { ApiError } from '../shared/api-error.ts';
import { chooseLanguage, chosenLanguage, type Language } from '../shared/language.ts';
import { Doorway } from './session/doorway.tsx';
import { en } from './words/en/dictionary.ts';
import { type Speech, SpeechContext, zh } from './words/words.tsx';

/** What was refused stays refused; a lost network, a starting server or one that asks to wait is tried again. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A browser that believes to be offline is asked like any other: who waits is told so.
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 2_000,
      retry: (count, error) =>
        count < 4 &&
        error instanceof ApiError &&
        (error.code === 'network' || error.status === 429 || error.status >= 500),
      retryDelay: (attempt) => Math.min(8_000, 500 * 2 ** attempt),
    },
  },
});

const theme = {
  token: {
    // Who asked the system for less movement gets none: dialogs and lists are simply there.
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    colorPrimary: '#a8321f',
    colorPrimaryBg: '#fbebe7',
    controlItemBgActive: '#fbebe7',
    controlItemBgActiveHover: '#f8e0da',
    colorLink: '#1d5fa8',
    colorLinkHover: '#2f79c9',
    colorInfo: '#1d5fa8',
    colorInfoBg: '#eaf2fb',
    colorInfoBorder: '#b9d3ee',
    // 4.5 to 1 on white and on their own tint (WCAG 1.4.3); the library's own are paler.
    colorTextTertiary: '#646464',
    colorTextDescription: '#646464',
    colorTextPlaceholder: '#6b6b6b',
    colorSuccess: '#237804',
    colorWarning: '#8a5300',
    colorError: '#b42318',
    // Their tints are not derived well from dark colours.
    colorSuccessBg: '#eaf7e4',
    colorSuccessBorder: '#b7dfa5',
    colorWarningBg: '#fdf4e3',
    colorWarningBorder: '#ecd3a0',
    colorErrorBg: '#fdeeec',
    colorErrorBorder: '#f2bdb6',
    borderRadius: 6,
    fontFamily:
      "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif",
  },
  components: { Layout: { siderBg: '#fff', headerBg: '#fff' } },
};

/** The whole console: language, style, data, and the door. */
export function Console() {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  const speech = useMemo<Speech>(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    return {
      language,
      words: language === 'zh' ? zh : en,
      speak: (chosen) => {
        chooseLanguage(chosen);
        setLanguage(chosen);
      },
    };
  }, [language]);
  return (
    <SpeechContext value={speech}>
      <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
        <App>
          <QueryClientProvider client={queries}>
            <Doorway />
          </QueryClientProvider>
        </App>
      </ConfigProvider>
    </SpeechContext>
  );
}
