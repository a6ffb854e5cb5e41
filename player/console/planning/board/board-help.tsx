import { Modal } from 'antd';
import { useWords } from '../../words/words.tsx';

/** Every key of the board. */
export function BoardHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const words = useWords().board.keys;
  return (
    <Modal open={open} title={words.title} footer={null} width={640} destroyOnHidden onCancel={onClose}>
      <table className="board-keys">
        <tbody>
          {words.list.map(([key, meaning]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
