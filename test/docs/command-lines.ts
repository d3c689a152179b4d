import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { main } from '../../src/cli/main.js'
import { testIo } from '../cli/test-io.js'
import { type CommunityServer, DEMO, serveCommunity } from '../community/index.js'
import { ABOUT_FILE } from '../export/package/about-file.js'
import { testClock } from '../run/outside.js'
import type { Block } from './pages.js'

/** The lines of a block of `sh`, run in this process against the demo community; each page has a folder of its own with a copy of one archive. */

/** Lines that were broken with `\` are one; comments and blank lines are none. */
export const linesOf = ({ text }: Block): string[] =>
  text
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map(line => line.replace(/(?:^|\s)#(?:\s.*|)$/, '').trim())
    .filter(Boolean)

/** The words of a line without pipes, lists and variables, and where its output goes; null: it takes a shell. */
function wordsOf(line: string): { words: string[]; output: string | null } | null {
  const [, command = line, output = null] = /^(.*?)\s+>\s*(\S+)$/.exec(line) ?? []
  if (/[|&;<>`$]/.test(command.replace(/'[^']*'/g, ''))) return null
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, one, two, three]) => one ?? two ?? three ?? '',
  )
  return { words, output }
}

/** The pages speak of several communities. All of them are the demo here. */
const HOSTS = /https:\/\/(?:community|example|town|gone|one|two|three)\.(?:example|org)\//g
const OWN: Readonly<Record<string, string>> = {
  ...{ gardeners: 'fox-hollow-gardeners', bees: 'fox-hollow-gardeners', care: 'mend-and-make' },
  ...{ maeve: 'siobhan', anna: 'amara', '237': '172', '240': '173', '1234': '172' },
  // The demo has 28 threads.
  '50': '5',
}

const inDemo = (word: string, url: string): string => {
  const own = OWN[word] ?? word
  return own
    .replace(HOSTS, url)
    .replace(/(?<=\/)(gardeners|bees|care|maeve|anna|237|240|1234)(?=\/)/g, name => OWN[name] ?? name)
}

/** What a reader of the pages has made or been given. */
const GIVEN: Readonly<Record<string, string>> = {
  'about.yaml': ABOUT_FILE,
  'kim.csv': 'id,code\n172,advice\n173,thanks\n',
  'lee.csv': 'id,code\n172,advice\n173,advice\n',
  'targets.txt': 'https://community.example/groups/gardeners/\n',
}

/** Pages as browsers and mirrors save them, and a text, by the names of the README. */
const SAVED: Readonly<Record<string, string>> = {
  'page.html': 'chromium-html-only/input/page.html',
  'page.mhtml': 'chromium-mhtml/input/Bee Keepers.mht',
  Saved: 'chromium-complete/input',
  'mirror/example.org': 'wget/input',
  'thread.txt': '../text-dump/converters/copy/source.txt',
}
const FIXTURES = resolve(import.meta.dirname, '../../fixtures/saved')

const TAKES_SHELL =
  'It takes a shell, or is another program. Run it in a test of its own, or name it in NOT_RUN (test/docs/block-rules.ts) with the reason.'

/** A limit of hours is a wait that nothing here reaches. */
const LONG = 600_000

export class DemoShell {
  private readonly folders: string[] = []
  private readonly clock = testClock()
  readonly archive = join(mkdtempSync(join(tmpdir(), 'threadkeep-')), 'demo.db')

  private constructor(private readonly server: CommunityServer) {
    this.folders.push(dirname(this.archive))
  }

  static async begun(): Promise<DemoShell> {
    const shell = new DemoShell(await serveCommunity(DEMO))
    const { code, err } = await shell.run(['archive', shell.server.url, '--db', shell.archive], dirname(shell.archive))
    if (code !== 0) throw new Error(`The demo community was not archived (${code}): ${err}`)
    return shell
  }

  /** A folder in which every archive that the lines name is there. */
  async folderFor(lines: readonly string[]): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
    this.folders.push(folder)
    const named = lines.flatMap(line => [...line.matchAll(/(?<!-o)\s([\w/.-]+\.db)\b/g)].map(([, name = '']) => name))
    for (const name of ['threadkeep.db', ...named.map(this.placed)]) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      cpSync(this.archive, join(folder, name))
    }
    for (const [name, text] of Object.entries(GIVEN)) writeFileSync(join(folder, name), inDemo(text, this.server.url))
    if (lines.some(line => line.startsWith('threadkeep import'))) await this.leaveFiles(folder)
    return folder
  }

  /** What is left of a community: saved pages, a mirror, a text, crawls. */
  private async leaveFiles(folder: string): Promise<void> {
    for (const [name, from] of Object.entries(SAVED))
      cpSync(join(FIXTURES, from), join(folder, name), { recursive: true })
    for (const words of ['172 -f warc -o crawl.warc.gz', '172 -f wacz -o crawl.wacz'])
      await this.run(['export', ...words.split(' ')], folder)
  }

  /** What is under `/srv` in the pages is in the folder here. */
  private readonly placed = (word: string): string => word.replace(/\/srv\/(?:threads\/)?|^~\/keys\//g, './')

  async line(line: string, folder: string): Promise<{ code: number; err: string }> {
    const found = wordsOf(line)
    if (found?.words[0] !== 'threadkeep') return { code: -1, err: TAKES_SHELL }
    const words = found.words.slice(1).map(word => this.placed(inDemo(word, this.server.url)))
    // The template that a line has just written is filled in by hand.
    if (words.includes('--about')) writeFileSync(join(folder, 'about.yaml'), ABOUT_FILE)
    const { code, out, err } = await this.run(words, folder)
    if (found.output !== null) writeFileSync(join(folder, this.placed(found.output)), out)
    return { code, err }
  }

  private async run(words: string[], cwd: string): Promise<{ code: number; out: string; err: string }> {
    const { now } = this.clock
    const sleep = (ms: number) =>
      ms < LONG ? this.clock.sleep(ms, new AbortController().signal) : new Promise<void>(() => {})
    const io = testIo({ cwd, home: cwd, now, sleep, readFile: async path => readFileSync(path, 'utf8') })
    const code = await main(words, io)
    return { code, out: io.stdout.text, err: io.stderr.text }
  }

  async close(): Promise<void> {
    await this.server.close()
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true })
  }
}
