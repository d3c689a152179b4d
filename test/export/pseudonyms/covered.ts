import { coveredArchive } from '../../../src/export/pseudonyms/privacy.js'
import type { PrivacyRequest } from '../../../src/export/pseudonyms/request.js'
import type { ArchiveReader, StoredPost, StoredThread } from '../../../src/model/archive.js'
import type { KnownPerson } from '../../../src/model/people/known-person.js'
import type { KeyStore, PseudonymKey } from '../../../src/model/people/pseudonyms.js'
import { readerOf } from '../../cli/fake-reader.js'
import { keptThread } from '../threads.js'

export const SITE = 'https://community.example/'

export const person = (id: string | null, slug: string | null, ...names: string[]): KnownPerson => ({
  ...{ sites: [SITE], id, slugs: slug === null ? [] : [slug], names },
  urls: slug === null ? [] : [`${SITE}members/${slug}/`],
})

/** A key in memory. Its secret is always the same, and so are all pseudonyms. */
export function keyInMemory(isShared = false): KeyStore & { key: PseudonymKey } {
  const store = {
    ...{ name: 'key.json', isShared },
    key: { secret: Buffer.alloc(32, 7).toString('base64'), sites: [], members: [] } as PseudonymKey,
    update(change: (key: PseudonymKey) => PseudonymKey) {
      store.key = change(store.key)
      return store.key
    },
  }
  return store
}

export interface Known {
  people?: readonly KnownPerson[]
  texts?: readonly string[]
  names?: readonly string[]
  key?: KeyStore
  privacy?: PrivacyRequest
}

export function coveredReader(threads: StoredThread[], known: Known = {}): ArchiveReader {
  const archive = { ...readerOf(threads), people: () => known.people ?? [], texts: () => known.texts ?? [] }
  const request = { pseudonyms: 'key.json', ...(known.names && { names: known.names }), ...known.privacy }
  return coveredArchive(archive, request, () => known.key ?? keyInMemory()).archive
}

/** A thread of these posts as it is exported. */
export function coveredThread(posts: Partial<StoredPost>[], known: Known = {}, thread: Partial<StoredThread> = {}) {
  const [covered] = coveredReader([keptThread({ posts, thread })], known).threads({})
  return covered as StoredThread
}

export const coveredPosts = (posts: Partial<StoredPost>[], known: Known = {}): StoredPost[] =>
  [...coveredThread(posts, known).posts].map(({ post }) => post)

/** A text of a post without an author. */
export const coveredText = (text: string, known: Known): string =>
  coveredPosts([{ author: null, html: '', text }], known)[0]?.text ?? ''

/** Its HTML. */
export const coveredHtml = (html: string, known: Known): string =>
  coveredPosts([{ author: null, html, text: '' }], known)[0]?.html ?? ''
