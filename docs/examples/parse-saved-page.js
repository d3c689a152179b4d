// Shows what one saved page says, without an archive and without the network.
//   node parse-saved-page.js page.html https://community.example/groups/gardeners/
import { readFile, stat } from 'node:fs/promises'
import { parse } from 'threadkeep'

const [file, url] = process.argv.slice(2)

const capture = {
  request: { url },
  url,
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: await readFile(file),
  // Dates such as "3 days ago" count from here.
  capturedAt: (await stat(file)).mtime.toISOString(),
}
const { about, group, posts, wall } = parse(capture)

console.log(wall ? `Nothing to read: ${wall.seen}` : `${about.kind} of ${group?.name ?? 'no group'}`)
for (const { parentId, author, text } of posts)
  console.log(`${parentId ? '  ' : ''}${author?.name ?? 'somebody'}: ${text.split('\n')[0]}`)
