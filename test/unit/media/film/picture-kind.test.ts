import { describe, expect, it } from 'vitest';
import { pictureKindOf } from '../../../../media/film/picture-kind.ts';

const head = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

describe('the kind of a picture', () => {
  it('is read from its first bytes', () => {
    expect(pictureKindOf(head('\xff\xd8\xff\xe0\0\0JFIF\0\0'))).toBe('jpeg');
    expect(pictureKindOf(head('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'))).toBe('png');
    expect(pictureKindOf(head('RIFF\x10\0\0\0WEBPVP8 '))).toBe('webp');
  });

  it.each([
    '',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'GIF89a\0\0\0\0\0\0',
    'RIFF\x10\0\0\0AVI LIST',
    '\x89PNG',
    '%PDF-1.7\nabcdefgh',
  ])('is none of %j', (text) => {
    expect(pictureKindOf(head(text))).toBeUndefined();
  });
});
