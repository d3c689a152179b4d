import { openArchive } from '../dist/archive/index.js'
import { parseQuery } from '../dist/model/query/parse-query.js'
import { median } from './measure.js'

/** `node search-child.js FILE WORD`: the time of the first page of a search in a process that has already opened the file. */
const [file, word] = process.argv.slice(2)
const env = { now: Date.now, pid: process.pid, host: 'bench', command: 'bench', isAlive: () => false }
const archive = openArchive(file, 'read', env)
const query = parseQuery(word, Date.now())
const times = []
let total = 0
for (let round = 0; round < 15; round++) {
  const start = performance.now()
  const page = [...archive.search.hits({ query, order: 'rank', limit: 20, offset: 0 })]
  total = archive.search.count(query)
  times.push(performance.now() - start)
  if (page.length !== 20) throw new Error(`the first page holds ${page.length} hits`)
}
const heap = Math.round(process.memoryUsage().rss / 1e6)
console.log(JSON.stringify({ milliseconds: median(times), total, heap }))
archive.close()
