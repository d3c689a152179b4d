import type { StoredThread } from '../../model/archive.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { ExportContext } from '../exporter.js'
import { isolated } from '../text.js'
import { Collection } from '../words/collection.js'
import { Contents } from '../words/contents.js'
import { type Facts, factsOf } from '../words/facts.js'
import { openingWords } from '../words/section.js'
import { countWords, sectionStatus } from '../words/status.js'
import { typed } from './escape.js'
import { documentFields, frontMatter } from './front-matter.js'
import { headingsOf } from './headings.js'
import { headingOf, lineOf } from './line.js'
import { renderPosts } from './posts.js'
import type { Style } from './style.js'

type About = Pick<ExportContext, 'archive' | 'sample'>

/** Several threads as one document: its head with contents, which is known when all threads were walked once, and a section for each thread. */
export class CollectionDocument {
  private readonly collection = new Collection()
  private readonly contents = new Contents()

  constructor(private readonly style: Style) {}

  /** Takes a thread into the head. */
  add(thread: StoredThread): void {
    const facts = factsOf(thread, this.style.status)
    this.collection.add(thread, facts)
    this.contents.add(this.entry(thread, facts, this.contents.length + 1))
  }

  /** The head, then the section of each thread: the same threads as were added, in their order. */
  *render(threads: Iterable<StoredThread>, about: About): Generator<string> {
    yield this.head(about)
    yield* this.contents.texts()
    let number = 0
    for (const thread of threads) yield* this.section(thread, ++number)
  }

  /** What is above the contents. */
  private head(about: About): string {
    const { collection, style } = this
    const title = collection.title(style)
    const status = lineOf(collection.status(style, about))
    return `${style.hasFrontMatter ? this.frontMatter(title) : headingOf(title, 1)}\n${status}\n\n`
  }

  /** The section of a thread, with an empty line before it. `number`: from 1 on. */
  private *section(thread: StoredThread, number: number): Generator<string> {
    const facts = factsOf(thread, this.style.status)
    const { heading, below } = headingsOf(thread, number, this.style)
    const level = this.style.hasFrontMatter ? 1 : 2
    yield `\n${headingOf(heading, level)}${below === null ? '' : `\n**${typed(below)}**\n`}`
    const seen = this.collection.seen(this.style)
    yield `\n${lineOf(sectionStatus(thread, facts, this.style, seen, this.collection.group === null))}\n`
    yield* renderPosts(thread, this.style, level + 1)
  }

  /** `1. [Thread 1, 6 October 2020](#thread-1-6-october-2020): Anna, “Who has…” (7 posts)` */
  private entry(thread: StoredThread, { posts }: Facts, number: number): string {
    const { label, anchor } = headingsOf(thread, number, this.style)
    const link = `[${typed(label, { after: ']' })}](#${anchor})`
    return `${number}. ${link}: ${this.openingWords(thread, label)} (${countWords(posts, 'post', this.style.clock.locale)})\n`
  }

  private openingWords(thread: StoredThread, heading: string): string {
    const { opener, words } = openingWords(thread, heading, this.style)
    const name = typed(isolated(opener))
    return words === null ? name : `${name}, “${typed(isolated(words))}”`
  }

  private frontMatter(title: string): string {
    const { collection, style } = this
    const { from } = collection.facts
    const { clock } = style
    const about = {
      ...{ title, group: collection.group, opened: from && clock.at(from).day, asOf: collection.seen(style).day },
      ...{ threads: collection.threads, completeness: collection.sum },
      ...{ source: collection.group && knownAddress(collection.group.url), id: null },
    }
    return frontMatter(documentFields(about, collection.facts, clock))
  }
}
