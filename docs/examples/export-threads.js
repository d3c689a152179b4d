// Writes the threads that match a query, one markdown file each, and lists the posts that made them match.
//   node export-threads.js 'kettle has:replies' notes/ gardeners.db
import { exportTo, openArchive } from 'threadkeep'

const [query, folder, file = 'threadkeep.db'] = process.argv.slice(2)

const archive = openArchive(file)
try {
  for (const { author, snippet, url } of archive.search(query, { order: 'date' }))
    console.log(`${author?.name ?? 'somebody'}: ${snippet.map(({ text }) => text).join('')} ${url}`)
  const { threads, posts } = await exportTo(folder, { db: archive, format: 'md', filter: query })
  console.log(`${threads} threads with ${posts} posts are in ${folder}`)
} finally {
  archive.close()
}
