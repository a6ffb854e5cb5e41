import { AppError, notFound } from '../errors.ts';

/** "The value MUST be a non-negative integer" (tus 1.0); what JavaScript cannot count is refused too. */
export function readLength(header: string | undefined): number {
  const length = integer(header);
  if (length !== undefined) return length;
  throw new AppError('bad_request', 'Upload-Length must be the number of bytes of the film; it cannot be sent later.');
}

/** "The Client MUST send the Upload-Offset header" (tus 1.0, PATCH). */
export function readOffset(header: string | undefined): number {
  const offset = integer(header);
  if (offset !== undefined) return offset;
  throw new AppError(
    'bad_request',
    'Upload-Offset must be the number of bytes that the server has already; ask by HEAD.',
  );
}

function integer(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,16}$/.test(header)) return undefined;
  const value = Number(header);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** What @tus/server answers, in the product's words. */
export function asUploadError(status: number, said: string): AppError {
  switch (status) {
    case 404:
      return notFound('upload');
    case 409:
      return new AppError(
        'wrong_offset',
        'The server has another number of bytes. Ask for the offset by HEAD and go on there.',
      );
    case 410:
      return new AppError('expired', 'This upload was given up after 7 days. Begin it again.');
    case 413:
      return new AppError('too_large', 'That is more than the length that was declared. Send only what is missing.');
    case 423:
      return new AppError(
        'locked',
        'Another request is sending this upload. Wait a few seconds and ask for its offset.',
        {
          retryAfterS: 3,
        },
      );
    case 500:
      return new AppError('internal', 'The bytes could not be kept. Ask for the offset by HEAD and go on there.', {
        cause: new Error(said),
      });
    default:
      return new AppError('bad_request', `The upload request cannot be understood: ${said.trim()}.`);
  }
}
