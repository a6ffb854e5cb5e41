import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer, Grid, Layout } from 'antd';
import { useEffect, useState } from 'react';
import { useRoute } from '../parts/route.ts';
import { useWords } from '../words/words.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Mark } from '../parts/mark.tsx';
import { SideMenu } from './side-menu.tsx';
import { useNews } from './use-news.ts';
import { Screens } from './screens.tsx';
import { WhoAmI } from './who-am-i.tsx';

/** What stands around every screen: name, menu, person, language. */
export function Frame() {
  const words = useWords().frame;
  const wide = Grid.useBreakpoint().lg ?? true;
  const [open, setOpen] = useState(false);
  useNews();
  const route = useRoute();
  const address = route.join('/');
  useEffect(() => {
    setOpen(false);
  }, [address]);
  const menu = <SideMenu here={route} onChoose={() => setOpen(false)} />;
  return (
    <Layout className="frame">
      <a className="skip" href="#content" onClick={skipToContent}>
        {words.skip}
      </a>
      <Layout.Header className="frame-head">
        {wide ? null : (
          <Button type="text" icon={<MenuOutlined />} aria-label={words.menu.open} onClick={() => setOpen(true)} />
        )}
        <a className="frame-name" href="#/">
          <Mark />
          <strong>{words.product}</strong>
          {wide ? <span>{words.office}</span> : null}
        </a>
        <div className="frame-tools">
          <LanguageChoice />
          <WhoAmI />
        </div>
      </Layout.Header>
      <Layout>
        {wide ? (
          <Layout.Sider width={216} className="frame-side">
            {menu}
          </Layout.Sider>
        ) : (
          <Drawer
            open={open}
            placement="left"
            size={260}
            title={words.product}
            onClose={() => setOpen(false)}
            className="frame-drawer"
            styles={{ body: { padding: 8 } }}
          >
            {menu}
          </Drawer>
        )}
        <Layout.Content>
          <main id="content" tabIndex={-1} className="content">
            <Screens route={route} />
          </main>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

/** The address keeps the screen, so the jump is made by hand. */
function skipToContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
