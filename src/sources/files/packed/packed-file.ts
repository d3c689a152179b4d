/** One file in an archive. */
export interface PackedFile {
  /** As the archive gives it: it never becomes a path as it is. */
  name: string
  /** Bytes after and before decompression, as the archive gives them; null: not given. */
  size: number | null
  packed: number | null
  /** Null: not given. */
  modifiedAt: Date | null
  /** Why it cannot be read, as a clause; null: it can. */
  obstacle: string | null
  /** Its bytes. @throws if they are damaged. */
  content(): AsyncIterable<Uint8Array>
}
