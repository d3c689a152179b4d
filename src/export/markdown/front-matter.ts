import { stringify } from 'yaml'
import type { StoredThread } from '../../model/archive.js'
import { isUnknownAddress } from '../../model/unknown-site.js'
import { authorRecord, groupRecord, openingOf } from '../record.js'
import { cleanLine } from '../text.js'

/** The YAML block that opens a document: `threadkeep.document/1` in docs/formats.md. */
export function frontMatter(thread: StoredThread): string {
  // All strings are quoted, because YAML 1.1 readers (PyYAML, Jekyll) do not read an unquoted `no`, `12:30` or date as a string.
  return `---\n${stringify(fields(thread), { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' })}---\n`
}

function fields(thread: StoredThread): object {
  const { from, to } = thread.when
  const { state, held, claimed } = thread.completeness
  const authorId = authorRecord(thread.author)?.id
  const topic = openingOf(thread)?.post.topic
  return {
    schema: 'threadkeep.document/1',
    title: plainValue(thread.title),
    site: addressOf(thread.site),
    group: plainRecord(groupRecord(thread.group)),
    id: plainValue(thread.id),
    url: addressOf(thread.url),
    // A string, not an object, because pandoc prints it below the title.
    author: thread.author?.name ? plainValue(thread.author.name) : null,
    author_id: authorId ? plainValue(authorId) : null,
    posted_at: from === to ? from : null,
    posted_between: [from, to],
    ...(topic ? { topic: plainValue(topic) } : {}),
    // Nobody has seen whether the thread has replies: 0 would say that it has none.
    replies: state === 'unknown' && thread.replies === 0 ? null : thread.replies,
    completeness: { state, held, claimed },
  }
}

const addressOf = (url: string): string | null => (isUnknownAddress(url) ? null : cleanLine(url))

const plainRecord = (record: object | null): object | null =>
  record &&
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, typeof value === 'string' ? fieldOf(key, value) : value]),
  )

const fieldOf = (key: string, text: string): string => (key === 'url' ? cleanLine(text) : plainValue(text))

/**
 * Pandoc reads each value as markdown, Jekyll inserts it into pages unescaped, and note tools run the commands in it: no value may hold a
 * tag, a link, an image, an address that becomes a link, an attribute, a command or one of TeX. Where one could begin, WORD JOINER, which is not
 * seen and which YAML keeps, parts its characters. Backslashes would be seen by all who read the value as text.
 */
const plainValue = (text: string): string =>
  cleanLine(text)
    .replace(/<(?=[a-z/!?])/gi, '‹')
    .replace(/\](?=[([:])|\{|[<%](?=%)|:(?=\/\/)|\\(?=[a-z])|\bwww(?=\.)|(?<=[\w.+-])(?=@[\w-])/gi, '$&\u2060')
