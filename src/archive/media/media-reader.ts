import type { StoredFile } from '../../model/archive.js'
import type { MediaCounts, MediaItem } from '../../model/media/media.js'
import type { Statements } from '../database/statements.js'
import { hasMedia, mediaCounts } from '../status/inventory.js'
import { MediaFolder, mediaFolderOf, mediaPath } from './media-folder.js'
import { ITEM } from './media-sql.js'

/** Reads what is known of the files of posts and members. */
export class MediaReader {
  readonly folder: MediaFolder

  /** `file`: path of the archive. */
  constructor(
    protected readonly sql: Statements,
    file: string,
  ) {
    this.folder = new MediaFolder(mediaFolderOf(file))
  }

  private known: boolean | undefined

  /** False for an archive of an earlier schema that is only read. */
  get exists(): boolean {
    this.known ??= hasMedia(this.sql)
    return this.known
  }

  counts(): MediaCounts {
    return mediaCounts(this.sql)
  }

  /** All addresses, those first that were noted first. */
  *items(state: 'all' | 'kept' | 'missing' = 'all'): Generator<MediaItem> {
    if (!this.exists) return
    const where = { all: 'true', kept: "state = 'kept'", missing: "state <> 'kept'" }[state]
    const ids = this.sql.ids(`SELECT id FROM media WHERE ${where} ORDER BY id`)
    for (const id of ids) {
      const item = this.item('media.id = ?', id)
      if (item) yield item
    }
  }

  /** The file of an address; null: it is not kept, or not in its place. */
  stored(url: string): StoredFile | null {
    const item = this.exists ? this.item("media.url = ? AND media.state = 'kept'", url) : null
    const { sha256, type, path, size, name = null } = item ?? {}
    if (!sha256 || !type || !path || this.folder.sizeOf(path) !== size) return null
    return { file: this.folder.at(path), sha256, type, size: size ?? 0, name, read: () => this.folder.read(path) }
  }

  private item(where: string, value: unknown): MediaItem | null {
    const row = this.sql.row<Omit<MediaItem, 'path'>>(`${ITEM} WHERE ${where}`, value)
    return row ? { ...row, path: row.sha256 && row.type ? mediaPath(row.sha256, row.type) : null } : null
  }
}
