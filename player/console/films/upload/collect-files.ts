/** Endings of files that a folder is searched for; a file chosen by itself is always taken, and judged by its content. */
const videoEndings = /\.(mp4|m4v|mov|mkv|webm|ts|m2ts|mts|mpg|mpeg|vob|avi|flv|wmv|asf|rm|rmvb|3gp|dat|mxf|ogv)$/i;

/** Says whether a file of a folder is a film by its name; hidden files are not. */
export const looksLikeVideo = (name: string): boolean => !name.startsWith('.') && videoEndings.test(name);

/** Files that were dropped, folders searched through; single files are taken whatever they are called. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found = await Promise.all(entries.map((entry) => filesOf(entry, entry.isFile)));
  return found.flat();
}

async function filesOf(entry: FileSystemEntry, takeAny: boolean): Promise<readonly File[]> {
  if (isFileEntry(entry)) {
    if (!takeAny && !looksLikeVideo(entry.name)) return [];
    return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  }
  const inside = await entriesOf((entry as FileSystemDirectoryEntry).createReader());
  return (await Promise.all(inside.map((one) => filesOf(one, false)))).flat();
}

const isFileEntry = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** A reader hands out at most 100 entries at a time, and an empty list at the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  return some.length === 0 ? [] : [...some, ...(await entriesOf(reader))];
}
