import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Assets stay beside the sources and are not copied into dist/, so both places look upward for the repository. */
const repositoryFile = (path: string): string => {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, path);
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) {
      throw new Error(`${path} is missing from the installation: check out the whole repository again.`);
    }
  }
};

/** Absolute path of the folder with the pictures, voices and subtitles of the demo films. */
export const assetFolder = (): string => repositoryFile('transcoder/ffmpeg/demo-films/assets');

/** Absolute path of the house font (GB 2312 characters), for ffmpeg's `fontfile`. */
export const houseFont = (): string => repositoryFile('transcoder/ffmpeg/font/YuanboSans-Regular.otf');
