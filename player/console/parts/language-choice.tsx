import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useSpeech } from '../words/words.tsx';

/** Switches between Chinese and English; named in the other language, for those who cannot read this one. */
export function LanguageChoice() {
  const { language, words, speak } = useSpeech();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" icon={<GlobalOutlined />} lang={other} onClick={() => speak(other)}>
      {words.frame.languages[other]}
    </Button>
  );
}
