// Adds a format of your own: a table with a row for each member.
//   node own-format.js people.tsv gardeners.db
import { exportTo } from 'threadkeep'

const [path, db = 'threadkeep.db'] = process.argv.slice(2)

/** @type {import('threadkeep').Exporter} */
const people = {
  name: 'people',
  summary: 'who wrote how much',
  extension: 'tsv',
  scope: 'archive',
  delivery: 'stdout',
  *render(threads) {
    const counts = new Map()
    for (const { posts } of threads)
      for (const { post } of posts) {
        const name = post.author?.name ?? 'former member'
        counts.set(name, (counts.get(name) ?? 0) + 1)
      }
    yield 'member\tposts\n'
    for (const [name, count] of [...counts].sort(([, a], [, b]) => b - a)) yield `${name}\t${count}\n`
  },
}

const { threads, posts } = await exportTo(path, { db, format: 'people', exporters: [people] })
console.log(`${posts} posts of ${threads} threads counted in ${path}`)
