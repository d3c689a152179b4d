import type { ArchiveReader, PostNode, StoredThread } from '../../model/archive.js'
import type { Annotation, AnnotationRow } from '../../model/coding/annotation.js'
import { threadKey } from '../exporter.js'
import { faulty } from './read-annotations.js'
import { withThreads } from './with-threads.js'

/**
 * The archive with these annotations on its posts.
 * @throws UsageError that names the rows whose post the archive does not hold, or holds of several sites.
 */
export function annotatedArchive(archive: ArchiveReader, rows: readonly AnnotationRow[]): ArchiveReader {
  const byPost = postsOf(rows, archive)
  return withThreads(archive, thread => annotated(thread, byPost))
}

type ByPost = ReadonlyMap<string, readonly Annotation[]>

const keyOf = (site: string, post: string): string => JSON.stringify([site, post])

function annotated(thread: StoredThread, byPost: ByPost): StoredThread {
  const { posts, site } = thread
  return {
    ...thread,
    posts: {
      length: posts.length,
      *[Symbol.iterator](): Generator<PostNode> {
        for (const node of posts) {
          const annotations = byPost.get(keyOf(site, node.post.id))
          yield annotations ? { ...node, post: { ...node.post, annotations } } : node
        }
      },
    },
  }
}

function postsOf(rows: readonly AnnotationRow[], archive: ArchiveReader): ByPost {
  const index = new PostIndex(archive)
  const byPost = new Map<string, Annotation[]>()
  const faults: string[] = []
  for (const row of rows) {
    const [found, another] = index.keysOf(row)
    const name = row.post ?? row.url
    if (found === undefined) faults.push(`${row.place}: the archive holds no post ${name}.`)
    else if (another !== undefined)
      faults.push(`${row.place}: posts of several sites have the id ${name}. Name the post by its url.`)
    else if (row.codes.length > 0 || row.note !== null)
      byPost.set(found, [...(byPost.get(found) ?? []), { coder: row.coder, codes: row.codes, note: row.note }])
  }
  if (faults.length > 0) throw faulty(faults)
  return byPost
}

/** Finds posts by id or address. Only the threads that are asked for are read. */
class PostIndex {
  private readonly keys = new Map<string, Set<string>>()
  private readonly asked = new Set<string>()
  private readonly read = new Set<string>()

  constructor(private readonly archive: ArchiveReader) {}

  /** The posts that the row may mean. */
  keysOf({ site, post, url }: AnnotationRow): string[] {
    const name = post ?? url ?? ''
    if (!this.asked.has(name)) this.ask(name)
    const found = [...(this.keys.get(post === null ? addressKey(name) : name) ?? [])]
    return site === null ? found : found.filter(key => JSON.parse(key)[0] === site)
  }

  private ask(name: string): void {
    this.asked.add(name)
    for (const thread of this.archive.threads({ threads: [name] })) {
      if (this.read.has(threadKey(thread))) continue
      this.read.add(threadKey(thread))
      for (const { post } of thread.posts) {
        this.add(post.id, keyOf(thread.site, post.id))
        this.add(addressKey(post.url), keyOf(thread.site, post.id))
      }
    }
  }

  private add(name: string, key: string): void {
    this.keys.set(name, (this.keys.get(name) ?? new Set()).add(key))
  }
}

/** Without what spellings of one address differ in. */
const addressKey = (url: string): string =>
  `url ${url
    .trim()
    .replace(/^https?:/i, '')
    .replace(/\/(?=#|$)/, '')}`
