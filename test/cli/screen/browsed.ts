import type { BrowsedThread } from '../../../src/archive/index.js'
import { listPage } from '../../../src/cli/screen/list-page.js'
import type { Library, ListRow, State, TextPage, ThreadPage } from '../../../src/cli/screen/page.js'
import { threadPage } from '../../../src/cli/screen/thread-page.js'
import type { PostNode, StoredPost } from '../../../src/model/archive.js'
import { thread } from '../fake-reader.js'

/** A page of a thread in memory, which counts the posts that were read. */
export function browsed(posts: StoredPost[]): ThreadPage & { read(): number } {
  const summary = thread(posts)
  const nodes = [...summary.posts]
  let read = 0
  const slice = (from: number, to: number) => {
    const found = nodes.slice(Math.max(0, from), to)
    read += found.length
    return found
  }
  const places = nodes.map(({ depth, replies }, id) => ({ depth, replies, post: { id } }))
  const page: BrowsedThread = { ...summary, posts: { length: nodes.length, places, slice } }
  return { ...threadPage(page, past), read: () => read }
}

const past = ({ post }: PostNode): TextPage => ({
  kind: 'text',
  title: `Events of ${post.id}`,
  lines: () => [],
  top: 0,
})

/** A list of so many rows, of which only those that are looked at are made. */
export function listed(length: number, open: ListRow['open'] = () => null) {
  const made: number[] = []
  const row = (at: number): ListRow => ({ text: () => `row ${at}`, open })
  const slice = (from: number, to: number) => {
    const rows = Array.from({ length: Math.max(0, Math.min(to, length) - from) }, (_, at) => row(from + at))
    made.push(...rows.keys())
    return rows
  }
  return { page: listPage('Rows', { length, slice }, 'No rows.'), made }
}

export const stateOf = (...pages: State['pages']): State => ({ pages, message: '', prompt: null })

export const NO_LIBRARY: Library = { search: query => `Nothing for ${query}.` }
