import { Table, type TableProps } from 'antd';
import { type ComponentRef, useEffect, useRef } from 'react';

/** A table that shows all of its rows, and moves sideways where the screen is too narrow for it; the arrows move it too. */
export function WholeTable<Row extends object>(props: TableProps<Row>) {
  const table = useRef<ComponentRef<typeof Table>>(null);
  useEffect(() => {
    const frame = table.current?.nativeElement.querySelector<HTMLElement>('.ant-table-content');
    return frame ? reachableWhereWide(frame) : undefined;
  }, []);
  return <Table<Row> ref={table} size="small" pagination={false} scroll={{ x: 'max-content' }} {...props} />;
}

/** Lets the keyboard into a frame while what it holds is wider than itself (WCAG 2.1.1). */
function reachableWhereWide(frame: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    else frame.removeAttribute('tabindex');
  });
  for (const each of [frame, ...frame.children]) observer.observe(each);
  return () => observer.disconnect();
}
