// Adds a source of your own: a list of saved pages, read without the network.
//   node own-source.js pages.json gardeners.db
// pages.json: [{ "file": "gardeners.html", "url": "https://community.example/groups/gardeners/", "savedAt": "2026-01-31T12:00:00Z" }]
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { archive } from 'threadkeep'

const [list, db = 'threadkeep.db'] = process.argv.slice(2)

/** @type {import('threadkeep').SourceKind} */
const savedPages = {
  name: 'saved-pages',
  summary: 'pages that a browser has saved',
  accepts: target => target.endsWith('.json'),
  open: target => ({
    async *captures() {
      for (const { file, url, savedAt } of JSON.parse(await readFile(target, 'utf8'))) {
        const body = await readFile(join(dirname(target), file))
        yield {
          request: { url },
          url,
          status: 200,
          headers: { 'content-type': 'text/html' },
          body,
          capturedAt: savedAt,
        }
      }
    },
    close: async () => {},
  }),
}

const report = await archive(list, { db, sources: [savedPages] })
console.log(`${report.newPosts} posts from saved pages`)
for (const { problems } of report.targets) for (const { message } of problems) console.log(`Problem: ${message}`)
