import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PackageFile } from '../../media/film/package-files.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { createReadBuffers, openColdFile } from './cold-file.ts';
import { writeFileHead } from './media-reply.ts';
import type { SegmentMemory } from './segment-memory.ts';

/** A connection on which nothing moves for this long is cut, so that a stalled reader holds no buffer for ever. */
const stallMs = 60_000;

/** A file to send: where it lies, its name for the type, and its validator, with quotes. */
export interface WantedFile extends PackageFile {
  readonly name: string;
  readonly etag: string;
  /** Everybody watches the same channel, so its segments are worth memory at once; a film's only when asked for again. */
  readonly isLive: boolean;
}

/** What was sent so far, by where it came from. */
export interface MediaCounts {
  memoryBytes: number;
  storeBytes: number;
}

/** Sends immutable files of the store. */
export interface MediaFiles {
  /** Answers at once when the file is in memory; false when it is not. */
  readonly sendHot: (request: IncomingMessage, response: ServerResponse, file: WantedFile) => boolean;
  /** Answers from the store; rejects with `StorageMissing` before anything was written. */
  readonly send: (request: IncomingMessage, response: ServerResponse, file: WantedFile) => Promise<void>;
  readonly counts: Readonly<MediaCounts>;
}

export function createMediaFiles(storage: Storage, memory: SegmentMemory): MediaFiles {
  const buffers = createReadBuffers();
  const counts: MediaCounts = { memoryBytes: 0, storeBytes: 0 };

  const sendBuffer = (request: IncomingMessage, response: ServerResponse, file: WantedFile, bytes: Buffer): void => {
    const part = writeFileHead(request, response, { name: file.name, etag: file.etag, bytes: bytes.length });
    if (part === undefined) {
      response.end();
      return;
    }
    request.socket.setTimeout(stallMs);
    counts.memoryBytes += part.to - part.from;
    response.end(part.to - part.from === bytes.length ? bytes : bytes.subarray(part.from, part.to));
  };
  const sendCold = async (request: IncomingMessage, response: ServerResponse, file: WantedFile): Promise<void> => {
    const cold = await openColdFile(storage, file.key, buffers);
    try {
      const part = writeFileHead(request, response, { name: file.name, etag: file.etag, bytes: cold.bytes });
      if (part === undefined) {
        response.end();
        return;
      }
      request.socket.setTimeout(stallMs);
      counts.storeBytes += part.to - part.from;
      await cold.send(response, part.from, part.to);
    } finally {
      await cold.close();
    }
  };
  return {
    counts,
    sendHot: (request, response, file) => {
      const bytes = memory.peek(file.key);
      if (bytes === undefined) return false;
      sendBuffer(request, response, file, bytes);
      return true;
    },
    send: async (request, response, file) => {
      const isWorthMemory = memory.wasSeen(file.key) || file.isLive;
      const fits = file.bytes === undefined || file.bytes <= memory.largestBytes;
      if (request.method === 'HEAD' || !isWorthMemory || !fits) await sendCold(request, response, file);
      else sendBuffer(request, response, file, await memory.fetch(file.key));
    },
  };
}
