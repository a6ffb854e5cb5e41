/** Seconds of a WebVTT timestamp, `01:02:03.400` or `02:03.400`. */
export const webvttSeconds = (timestamp: string): number =>
  timestamp.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
