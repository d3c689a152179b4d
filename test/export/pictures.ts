import type { LocalFile } from '../../src/export/exporter.js'

/** A picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** The same, as if it had so many pixels: a program would unpack all of them. */
export function pngOf(width: number, height: number): Buffer {
  const bytes = Buffer.from(PNG)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

/** A file that an archive holds. */
export const kept = (bytes: Uint8Array, more: Partial<LocalFile> = {}): LocalFile => ({
  ...{
    path: 'archive.media/x',
    file: '/archive.media/x',
    type: 'image/png',
    size: bytes.length,
    name: null,
    isImage: true,
  },
  read: () => [bytes],
  ...more,
})
