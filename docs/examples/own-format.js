// Adds a format of your own: a table with a row for each member.
//   node own-format.js people.tsv gardeners.db
import { exportTo } from 'threadkeep'

const [path, db = 'threadkeep.db'] = process.argv.slice(2)

function* postsOf(nodes) {
  const waiting = [...nodes]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node.post
    waiting.push(...node.replies)
  }
}

/** @type {import('threadkeep').Exporter} */
const people = {
  name: 'people',
  summary: 'who wrote how much',
  extension: 'tsv',
  scope: 'archive',
  delivery: 'stdout',
  *render(threads) {
    const posts = new Map()
    for (const { roots } of threads)
      for (const { author } of postsOf(roots)) {
        const name = author?.name ?? 'former member'
        posts.set(name, (posts.get(name) ?? 0) + 1)
      }
    yield 'member\tposts\n'
    for (const [name, count] of [...posts].sort(([, a], [, b]) => b - a)) yield `${name}\t${count}\n`
  },
}

const { threads, posts } = await exportTo(path, { db, format: 'people', exporters: [people] })
console.log(`${posts} posts of ${threads} threads counted in ${path}`)
