import { stringify } from 'yaml'
import type { StoredThread } from '../../model/archive.js'
import { groupRecord, openingOf } from '../record.js'
import { cleanLine } from '../text.js'

/** The YAML block that opens a document: `threadkeep.document/1` in docs/formats.md. */
export function frontMatter(thread: StoredThread): string {
  // All strings quoted: YAML 1.1 readers (PyYAML, Jekyll) take a bare `no`, `12:30` or date for something else.
  return `---\n${stringify(fields(thread), { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' })}---\n`
}

function fields(thread: StoredThread): object {
  const { from, to } = thread.when
  const { state, held, claimed } = thread.completeness
  const topic = openingOf(thread)?.post.topic
  return {
    schema: 'threadkeep.document/1',
    title: plainValue(thread.title),
    site: plainValue(thread.site),
    group: plainRecord(groupRecord(thread.group)),
    id: plainValue(thread.id),
    url: plainValue(thread.url),
    // A plain name, which pandoc prints below the title.
    author: thread.author?.name ? plainValue(thread.author.name) : null,
    author_id: thread.author?.id ? plainValue(thread.author.id) : null,
    posted_at: from === to ? from : null,
    posted_between: [from, to],
    ...(topic ? { topic: plainValue(topic) } : {}),
    replies: thread.replies,
    completeness: { state, held, claimed },
  }
}

const plainRecord = (record: object | null): object | null =>
  record &&
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, typeof value === 'string' ? plainValue(value) : value]),
  )

/** Pandoc and Jekyll put the title into a page as markdown or as it is: no value may start a tag there. */
const plainValue = (text: string): string => cleanLine(text).replace(/<(?=[a-z/!?])/gi, '‹')
