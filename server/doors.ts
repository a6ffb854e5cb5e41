import type { AppDoors, MediaDoor } from './app.ts';
import { everyHandler } from './handlers.ts';
import { createMediaDoor } from './http/media-door.ts';
import { previews } from './link-previews/previews.ts';
import { mountUploads } from './library/upload-door.ts';
import type { Parts } from './parts.ts';

/** All doors of the server: the contract's handlers, the protocols beside it, and the fast path before Express. */
export interface EveryDoor extends AppDoors {
  readonly mediaDoor?: MediaDoor;
}

/** Opens every noun's doors; a noun with a protocol of its own adds it here. */
export const everyDoor = (parts: Parts): EveryDoor => ({
  handlers: everyHandler(parts),
  mountBeforeBodies: (app, identify) => mountUploads(app, { ...parts, identify }),
  preview: previews(parts),
  mediaDoor: createMediaDoor({ ...parts, films: parts.filmShelf }),
});
