import type { Settings } from '../../media/contract/settings.ts';
import { openStorage } from '../../media/storage/open-storage.ts';
import type { Storage } from '../../media/storage/storage.ts';

/** The store of films that the settings name; a folder below DATA_DIR where they name none. */
export const openStore = (settings: Settings, dataDir: string): Promise<Storage> =>
  Promise.resolve(
    openStorage(settings.MEDIA_STORE ?? `file://${dataDir}/media`, {
      region: settings.S3_REGION,
      ...(settings.S3_ENDPOINT === undefined ? {} : { endpoint: settings.S3_ENDPOINT }),
      ...(settings.S3_ACCESS_KEY_ID === undefined ? {} : { accessKeyId: settings.S3_ACCESS_KEY_ID }),
      ...(settings.S3_SECRET_ACCESS_KEY === undefined ? {} : { secretAccessKey: settings.S3_SECRET_ACCESS_KEY }),
    }),
  );
