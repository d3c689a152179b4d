import type { ArchiveReader, PostNode, StoredThread } from '../../model/archive.js'
import type { Annotation, AnnotationRow } from '../../model/coding/annotation.js'
import { threadKey } from '../exporter.js'
import type { OtherId } from '../pseudonyms/other-covers.js'
import { faulty } from './read-annotations.js'
import { withThreads } from './with-threads.js'

/**
 * The archive with these annotations on its posts.
 * @param otherIds the ids that exports show in place of those of the site; posts may be named by either.
 * @throws UsageError that names the rows whose post the archive does not hold, or holds of several sites.
 */
export function annotatedArchive(
  archive: ArchiveReader,
  rows: readonly AnnotationRow[],
  otherIds: OtherIds = null,
): ArchiveReader {
  const byPost = postsOf(rows, new PostIndex(archive, otherIds))
  return withThreads(archive, thread => annotated(thread, byPost))
}

/** Made when they are first needed; null: exports show the ids of the site. */
export type OtherIds = (() => OtherId) | null

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

function postsOf(rows: readonly AnnotationRow[], index: PostIndex): ByPost {
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

/** Finds posts by id or address. Only the threads that are asked for are read; for an id that only exports show, all are, once. */
class PostIndex {
  private readonly keys = new Map<string, Set<string>>()
  private readonly asked = new Set<string>()
  private readonly read = new Set<string>()

  constructor(
    private readonly archive: ArchiveReader,
    private otherIds: OtherIds,
  ) {}

  /** The posts that the row may mean. */
  keysOf({ site, post, url }: AnnotationRow): string[] {
    const name = post ?? url ?? ''
    if (!this.asked.has(name)) this.ask(name)
    if (post !== null && OTHER_ID.test(post) && !this.keys.has(post)) this.askOthers()
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

  private askOthers(): void {
    const otherId = this.otherIds?.()
    this.otherIds = null
    if (!otherId) return
    for (const { site, posts } of this.archive.threads({}))
      for (const { post } of posts) this.add(otherId(post.id, site), keyOf(site, post.id))
  }

  private add(name: string, key: string): void {
    this.keys.set(name, (this.keys.get(name) ?? new Set()).add(key))
  }
}

const OTHER_ID = /^p[0-9a-f]{12}$/

/** Without what spellings of one address differ in. */
const addressKey = (url: string): string =>
  `url ${url
    .trim()
    .replace(/^https?:/i, '')
    .replace(/\/(?=#|$)/, '')}`
