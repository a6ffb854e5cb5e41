import { fileBytes } from './sheet-files.ts';

/** What an element needs so that a file dragged from a folder onto it is read as a sheet. */
export interface DroppedSheet {
  readonly onDragOver: (event: React.DragEvent) => void;
  readonly onDrop: (event: React.DragEvent) => void;
}

const hasFile = ({ dataTransfer }: React.DragEvent): boolean => dataTransfer.types.includes('Files');

/** A sheet that is dropped anywhere on the plan is read; other things are dragged as ever. */
export function useDroppedSheet(
  isWanted: boolean,
  onSheet: (name: string, bytes: Uint8Array<ArrayBuffer>) => void,
): DroppedSheet | undefined {
  if (!isWanted) return undefined;
  return {
    onDragOver: (event) => {
      if (hasFile(event)) event.preventDefault();
    },
    onDrop: (event) => {
      // The dialog of sheets takes its own; its events come here too.
      if (event.defaultPrevented || !hasFile(event)) return;
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file !== undefined) void fileBytes(file).then((bytes) => onSheet(file.name, bytes));
    },
  };
}
