import type { StoredPost, StoredThread } from '../../model/archive.js'
import { isUnknownAddress } from '../../model/unknown-site.js'
import type { ShownStatus } from '../exporter.js'
import type { Pseudonyms } from '../pseudonyms/pseudonyms.js'
import { wordsOf } from '../pseudonyms/words.js'
import { shownPosts } from '../shown.js'
import { LeftNames } from './left-names.js'
import { hasSearchableSentence, PATTERNS } from './patterns.js'
import { WordUsers } from './rare-words.js'
import { type Counted, type PostKey, Tally } from './tally.js'

/** docs/schema/risk-1.json */
export interface RiskReport {
  schema: 'threadkeep.risk/1'
  threads: number
  posts: number
  /** Names of members were replaced. */
  pseudonyms: boolean
  findings: RiskFinding[]
}

export interface RiskFinding {
  name: string
  about: string
  /** How often it was found. */
  count: number
  /** Number of posts with it. */
  posts: number
  /** The most frequent ones, each with its first places. */
  found: Counted[]
}

/** A rare word counts once its only user has written it so often. */
const LEAST_RARE = 3
const MOST_FOUND = 50
/** Words that are remembered until all posts were read: others may use them, too. */
const MOST_RARE = 20_000

interface Kind {
  about: string
  tally: Tally
  posts: number
}

/** What of an export still leads to people. `threads`: as they are exported; they are read once, and at most one is in memory. */
export function riskReport(
  threads: Iterable<StoredThread>,
  status: ShownStatus,
  people: Pick<Pseudonyms, 'left' | 'finder'> | null,
): RiskReport {
  const scan = new RiskScan(people, status)
  for (const thread of threads) scan.add(thread)
  return scan.report(people !== null)
}

/** What is looked for besides the patterns. */
const OTHERS: readonly (readonly [name: string, about: string])[] = [
  ['names', 'Names of members that are also words, alone and with a capital letter'],
  ['within', 'Words that hold a name of a member'],
  ['rare', `Words that one member alone uses, ${LEAST_RARE} times or more`],
  ['addresses', 'Addresses of posts, which lead to them'],
  ['links', 'Links in texts, by host'],
  ['verbatim', 'Posts with a sentence that a search engine may find'],
  ['files', 'Pictures and other files: who has the same file knows the post'],
]

class RiskScan {
  private readonly kinds = new Map<string, Kind>()
  private readonly users = new WordUsers()
  private readonly left: LeftNames | null
  private threads = 0
  private posts = 0

  constructor(
    people: Pick<Pseudonyms, 'left' | 'finder'> | null,
    private readonly status: ShownStatus,
  ) {
    this.left = people && new LeftNames(people)
    for (const { name, about } of PATTERNS) this.kind(name, about)
    for (const [name, about] of OTHERS) this.kind(name, about)
  }

  add(thread: StoredThread): void {
    this.threads++
    for (const { post } of shownPosts(thread, this.status)) {
      this.posts++
      this.addPost(post, { thread: thread.id, post: post.id })
    }
  }

  private addPost(post: StoredPost, place: PostKey): void {
    const found = new Set<Kind>()
    for (const [name, value] of this.inPost(post)) {
      const kind = this.kinds.get(name)
      if (!kind) continue
      kind.tally.add(value, place)
      found.add(kind)
    }
    for (const kind of found) kind.posts++
  }

  private *inPost(post: StoredPost): Generator<[string, string]> {
    yield* this.inText(`${post.heading ?? ''}\n${post.text}`, authorOf(post))
    yield* ofPost(post)
  }

  private *inText(text: string, author: string): Generator<[string, string]> {
    for (const { name, pattern, accepts } of PATTERNS)
      for (const [found] of text.matchAll(pattern)) if (accepts?.(found) ?? true) yield [name, found]
    for (const word of wordsOf(text)) {
      if (isWord(word.key) && this.users.add(word.key, author, LEAST_RARE)) yield ['rare', word.key]
      const alone = this.left?.aloneIn(text, word)
      if (alone) yield ['names', alone]
      const within = this.left?.within(word)
      if (within) yield ['within', text.slice(word.start, word.end)]
    }
  }

  report(pseudonyms: boolean): RiskReport {
    // Another member may have used the word since.
    const rare = this.kinds.get('rare')
    rare?.tally.without(word => !this.users.isRare(word, LEAST_RARE))
    // A word is noted when its only user has written it so often; the times before count, too.
    rare?.tally.addToEach(LEAST_RARE - 1)
    if (rare) rare.posts = rare.tally.posts
    const findings = [...this.kinds].map(([name, { about, tally, posts }]): RiskFinding => {
      return { name, about, count: tally.count, posts, found: tally.sorted().slice(0, MOST_FOUND) }
    })
    return { schema: 'threadkeep.risk/1', threads: this.threads, posts: this.posts, pseudonyms, findings }
  }

  private kind(name: string, about: string): void {
    this.kinds.set(name, { about, tally: new Tally(name === 'rare' ? MOST_RARE : undefined), posts: 0 })
  }
}

const isWord = (key: string): boolean => key.length > 3 && /\p{L}/u.test(key) && !/^member\d*$/.test(key)

const authorOf = ({ author }: StoredPost): string => author?.slug ?? author?.id ?? author?.name ?? ''

function* ofPost({ url, text, links, attachments }: StoredPost): Generator<[string, string]> {
  if (!isUnknownAddress(url)) yield ['addresses', URL.canParse(url) ? new URL(url).host : 'other']
  if (hasSearchableSentence(text)) yield ['verbatim', 'sentence']
  for (const link of links) if (link.kind === 'link' && URL.canParse(link.url)) yield ['links', new URL(link.url).host]
  for (const { kind } of attachments) yield ['files', kind]
}
