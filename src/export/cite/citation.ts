import type { ArchiveReader, PostSource, StoredAuthor, StoredPost, StoredThread } from '../../model/archive.js'
import type { Instant, When } from '../../model/discussion.js'
import { withEllipsis } from '../../model/markup/white-space.js'
import { namelessFirst } from '../../model/people/nameless.js'
import { isMadeId, knownAddress, UNKNOWN_SITE } from '../../model/unknown-site.js'
import { siteKey } from '../../model/urls.js'
import { postFixity, threadFixity } from '../methods/fixity.js'
import { methodsOf } from '../methods/methods.js'
import { readingRuns } from '../methods/run-sums.js'
import { cleanLine } from '../text.js'

/** What is cited, before any style. All texts are of one line, without control characters. */
export interface Citation {
  kind: 'thread' | 'reply' | 'archive'
  /** Unique within an archive; ASCII letters, digits and `-`. */
  key: string
  /** As the site shows the name: nobody knows which part of it is a family name. Null: not known. */
  author: string | null
  title: string
  /** Title of the thread that a reply belongs to. */
  within: string | null
  /** Group and site: `Gardeners, Town`. */
  container: string
  issued: When
  /** When the copy in the archive was read. */
  accessed: Instant | null
  url: string | null
  /** Fixity hash (docs/methods.md). */
  fixity: string
  /** The response from which the text was read. Null: none is kept. */
  capture: { sha256: string; url: string | null; at: Instant } | null
}

/** The whole thread, under the name of its first author. */
export function citeThread(thread: StoredThread, archive: ArchiveReader): Citation {
  const { site, id, author, when, url, readAt } = thread
  const source = archive.sourceOf?.(site, id) ?? null
  return {
    ...{
      kind: 'thread',
      key: keyOf('thread', site, id),
      author: nameOf(author),
      title: cleanLine(thread.title),
      within: null,
    },
    ...{ container: containerOf(thread, source), issued: when, url: knownAddress(url) },
    accessed: readAt ?? source?.capture?.at ?? null,
    fixity: threadFixity(thread, archive.earlierVersions?.bind(archive)),
    capture: captureOf(source),
  }
}

/** One reply. Its title is its own, else its first words. */
export function citeReply(post: StoredPost, thread: StoredThread, archive: ArchiveReader): Citation {
  const { site } = thread
  const source = archive.sourceOf?.(site, post.id) ?? null
  return {
    ...{ kind: 'reply', key: keyOf('post', site, post.id), author: nameOf(post.author) },
    ...{ title: cleanLine(post.heading ?? '') || firstWords(post.text), within: cleanLine(thread.title) },
    ...{ container: containerOf(thread, source), issued: post.when, url: knownAddress(post.url) },
    accessed: source?.capture?.at ?? post.lastSeenAt,
    fixity: postFixity(site, post, archive.earlierVersions?.bind(archive)),
    capture: captureOf(source),
  }
}

/** The archive as a data set, whose address is that of its community; the title has those of several. Walks all of it, for the hash. */
export function citeArchive(archive: ArchiveReader): Citation {
  const { sites, fixity, posts, runs } = methodsOf(archive)
  const [site = null, ...others] = sites
  const names = sites.map(one => nameOfSite(one, archive, others.length > 0))
  const last = readingRuns(runs).at(-1)
  const accessed = last?.finishedAt ?? last?.startedAt ?? null
  return {
    ...{ kind: 'archive', key: `threadkeep-${fixity.slice(0, 12)}`, author: null, within: null },
    title: `Archive of discussions${names.length === 0 ? '' : ` of ${names.join(', ')}`} (${posts.live + posts.gone} posts)`,
    ...{ container: 'threadkeep archive', issued: { from: accessed, to: accessed }, accessed, fixity, capture: null },
    url: others.length === 0 ? site : null,
  }
}

/** As its pages call it, else its host. */
function nameOfSite(site: string, archive: ArchiveReader, withHost: boolean): string {
  const host = siteKey(site).replace(/\/$/, '')
  for (const thread of archive.threadSummaries({}))
    if (thread.site === site) {
      const name = cleanLine(archive.sourceOf?.(site, thread.id)?.siteName ?? '')
      if (name !== '') return withHost ? `${name} (${host})` : name
      break
    }
  return host
}

const captureOf = (source: PostSource | null): Citation['capture'] =>
  source?.capture ? { ...source.capture, url: knownAddress(source.capture.url) } : null

const nameOf = (author: StoredAuthor | null): string | null => {
  if (author === null) return null
  const named = cleanLine(author.name ?? author.slug ?? '')
  return named || (author.id === null || isMadeId(author.id) ? null : cleanLine(namelessFirst(author)))
}

function containerOf({ site, group }: StoredThread, source: PostSource | null): string {
  const host = site === UNKNOWN_SITE ? '' : siteKey(site).replace(/\/$/, '')
  const parts = [cleanLine(group?.name ?? group?.slug ?? ''), cleanLine(source?.siteName ?? '') || host]
  return parts.filter(part => part !== '').join(', ') || 'community of unknown address'
}

/** Style guides cite an untitled post by its first 20 words. */
const MOST_WORDS = 20

function firstWords(text: string): string {
  const words = cleanLine(text).split(' ')
  const short = words.slice(0, MOST_WORDS).join(' ').slice(0, 200)
  return short.length < cleanLine(text).length ? withEllipsis(short) : short || 'Post without words'
}

const keyOf = (kind: string, site: string, id: string): string =>
  `${kind}-${id}-${site === UNKNOWN_SITE ? 'unknown' : siteKey(site)}`.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')
