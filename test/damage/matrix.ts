import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { main } from '../../src/cli/main.js'
import { withDoubles } from '../cli/doubles.js'
import { testIo } from '../cli/test-io.js'
import { DEMO } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, newFile, testClock } from '../run/outside.js'
import type { Kind } from './kinds.js'

/** Commands that read or write an archive. `OTHER` is a whole archive, `OUT` a folder, `SITE` a site that does not answer any more. */
export const COMMANDS = [
  'status',
  'status --json',
  'list',
  'list --json',
  'show POST',
  'show POST --as-of 2027-01-01',
  'export -f md -o OUT',
  'export -f jsonl',
  'export -f json',
  'search the',
  'stats',
  'changes --since 2000-01-01',
  'digest --since 2000-01-01',
  'log POST',
  'diff POST',
  'metadata',
  'verify',
  'verify --quick',
  'verify --mend',
  'reparse --dry-run',
  'reparse',
  'merge OTHER into FILE',
  'merge FILE into OTHER',
  'forget MEMBER --yes',
  'sync --retries 0 --sleep-requests 0',
  'archive SITE --retries 0 --sleep-requests 0',
]

export interface Whole {
  /** The files themselves: each test removes its own. */
  file: Buffer
  other: Buffer
  url: string
  post: string
  member: string
}

/** Two archives of one community, of which the first has an edit and a deletion. Its site does not answer any more. */
export async function whole(): Promise<Whole> {
  const community = structuredClone(DEMO)
  const { server } = await town({ pack: 'nouveau' }, community)
  const [one, other] = [desk(), desk(newFile('other.db'))]
  await other.run(`${server.url}groups/swap-shelf/`)
  await one.run(server.url)
  const root = community.posts.find(post => post.parentId === null && post.html)
  if (root) root.html = '<p>Another text of the same post</p>\n'
  community.posts = community.posts.filter(
    post => post !== community.posts.findLast(({ parentId }) => parentId !== null),
  )
  await one.run(server.url)
  await server.close()
  const [member] = one.sql<{ slug: string }>('SELECT slug FROM members WHERE slug IS NOT NULL LIMIT 1')
  return {
    file: readFileSync(one.file),
    other: readFileSync(other.file),
    url: server.url,
    post: String(root?.id),
    member: String(member?.slug),
  }
}

export interface Ended {
  command: string
  code: number
  out: string
  err: string
}

/** Runs one command on a copy of the archive that this has become of. */
export async function ended(command: string, kind: Kind, from: Whole): Promise<Ended> {
  const file = newFile('damaged.db')
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, from.file)
  const other = join(folder, 'other.db')
  writeFileSync(other, from.other)
  kind.apply(file, other)
  const names: Record<string, string> = {
    POST: from.post,
    MEMBER: from.member,
    SITE: from.url,
    OTHER: other,
    FILE: file,
  }
  const words = command
    .split(' ')
    .map(word => (word === 'into' ? '--into' : (names[word] ?? word.replace('OUT', join(folder, 'out')))))
  const database = words.includes('--into') ? [] : ['--db', file]
  const clock = testClock()
  const io = testIo({ cwd: folder, now: clock.now, sleep: clock.sleep })
  const code = await withDoubles({}, () => main([...words, ...database, '--no-input', '--no-color'], io))
  return { command, code, out: io.stdout.text, err: io.stderr.text }
}
