import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../errors.ts';

/** A workbook of 20,000 rows unpacks to about 10 MB. */
const mostUnpackedBytes = 60 * 1_048_576;
const mostEntries = 2000;

/** Names of what is in a zip, after every part was unpacked once and was no longer than it says; 415 or 413 otherwise. */
export async function checkZip(bytes: Buffer): Promise<readonly string[]> {
  const zip = await open(bytes);
  try {
    return await readAll(zip);
  } finally {
    zip.close();
  }
}

const open = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(broken(error));
    });
  });

async function readAll(zip: ZipFile): Promise<string[]> {
  const names: string[] = [];
  let total = 0;
  for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
    names.push(entry.fileName);
    total += entry.uncompressedSize;
    if (total > mostUnpackedBytes || names.length > mostEntries) throw tooLarge();
    await unpack(zip, entry);
  }
  return names;
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void): void => {
      zip.removeAllListeners();
      outcome();
    };
    zip.on('entry', (entry: Entry) => settle(() => resolve(entry)));
    zip.on('end', () => settle(() => resolve(undefined)));
    zip.on('error', (error: Error) => settle(() => reject(broken(error))));
    zip.readEntry();
  });
}

/** The reader counts: a part that is longer than it declares is an error, not a bomb. */
const unpack = (zip: ZipFile, entry: Entry): Promise<void> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) {
        reject(broken(error));
        return;
      }
      stream.on('error', (cause: Error) => reject(broken(cause)));
      stream.on('end', resolve);
      stream.resume();
    });
  });

const tooLarge = (): AppError =>
  new AppError(
    'too_large',
    'This workbook unpacks to more than a monthly plan can be. Copy the plan into a new workbook.',
  );
const broken = (cause: Error): AppError =>
  new AppError(
    'unsupported_type',
    'This workbook is damaged. Open it in Excel or WPS, save it as .xlsx and try again.',
    {
      cause,
    },
  );
