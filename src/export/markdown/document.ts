import type { StoredThread } from '../../model/archive.js'
import { knownAddress } from '../../model/unknown-site.js'
import { isoDays } from '../words/dates.js'
import { factsOf } from '../words/facts.js'
import { threadStatus } from '../words/status.js'
import { documentTitle } from '../words/title.js'
import { documentFields, frontMatter } from './front-matter.js'
import { headingOf, lineOf } from './line.js'
import { renderPosts } from './posts.js'
import type { Style } from './style.js'

/** One thread as one document, piece by piece: title, status line, a rule, posts. The title is in the front matter or a heading, not in both. */
export function* renderDocument(thread: StoredThread, style: Style): Generator<string> {
  const { clock } = style
  const facts = factsOf(thread, style.status)
  const title = documentTitle(thread, style)
  const about = {
    ...{
      title,
      group: thread.group,
      opened: isoDays(thread.when, clock),
      asOf: thread.readAt && clock.at(thread.readAt).day,
    },
    ...{ threads: null, completeness: thread.completeness, source: knownAddress(thread.url) },
    id: knownAddress(thread.url) === null ? thread.id : null,
  }
  yield style.hasFrontMatter ? frontMatter(documentFields(about, facts, clock)) : headingOf(title, 1)
  yield `\n${lineOf(threadStatus(thread, facts, style))}\n\n* * *\n`
  yield* renderPosts(thread, style, style.hasFrontMatter ? 1 : 2)
}
