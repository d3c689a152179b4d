import { createHash } from 'node:crypto'
import type { ArchiveReader, EarlierVersion, StoredAuthor, StoredPost, StoredThread } from '../../model/archive.js'
import { LABEL_NAMES } from '../../model/columns/post-labels.js'

/**
 * Hashes of what an archive holds (docs/methods.md): of a post, of a thread out of those of its posts, and of any set of threads out of
 * theirs. They do not change with the file, the numbers of its rows, or the times of reading; they change with a text, an author, a date, a
 * parent or a status. SHA-256, in hexadecimal.
 */

type VersionsOf = NonNullable<ArchiveReader['earlierVersions']>

/** `versionsOf`: absent where the reader knows no earlier versions. */
export function postFixity(site: string, post: StoredPost, versionsOf: VersionsOf | undefined): string {
  const { id, parentId, type, when, heading, html, text, status, edited, truncated } = post
  const versions = post.revisions > 0 ? (versionsOf?.(site, id) ?? []) : []
  return hashOf([
    ...['threadkeep.post/1', site, id, parentId, type, authorValue(post.author), [when.from, when.to]],
    ...[heading, labelValues(post), html, text, status, edited, truncated],
    post.attachments.map(({ kind, url, name }) => [kind, url, name]),
    post.links.map(link => [link.kind, link.url, link.text]),
    versions.map(versionValue),
  ])
}

/** Only those that it has, so that a label which a later version reads does not change the hash of a post without it. */
const labelValues = (post: StoredPost) => LABEL_NAMES.flatMap(name => (post[name] === null ? [] : [[name, post[name]]]))

const authorValue = (author: StoredAuthor | null) => author && [author.id, author.slug, author.name]

const versionValue = ({ heading, html, text, author }: EarlierVersion) => [heading, html, text, authorValue(author)]

/** All posts of the thread, whichever are shown; in the order of the thread. */
export function threadFixity(thread: StoredThread, versionsOf: VersionsOf | undefined): string {
  const { site, id, group } = thread
  const hash = createHash('sha256')
  hash.update(`${JSON.stringify(['threadkeep.thread/1', site, id, group && [group.id, group.slug, group.name]])}\n`)
  for (const { post } of thread.posts) hash.update(`${postFixity(site, post, versionsOf)}\n`)
  return hash.digest('hex')
}

/** Of all these threads, in any order. Keeps 32 bytes a thread. */
export class ThreadSetFixity {
  private readonly hashes: Buffer[] = []

  constructor(private readonly versionsOf: VersionsOf | undefined) {}

  add(thread: StoredThread): void {
    this.hashes.push(Buffer.from(threadFixity(thread, this.versionsOf), 'hex'))
  }

  hash(): string {
    const hash = createHash('sha256').update('threadkeep.threads/1\n')
    for (const one of this.hashes.sort(Buffer.compare)) hash.update(`${one.toString('hex')}\n`)
    return hash.digest('hex')
  }
}

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')
