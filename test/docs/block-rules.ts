import { parseAst } from 'vitest/node'
import { parse } from 'yaml'
import { complaints } from './recipes.js'

/** What is done with the blocks of the pages, by their language; and the lines of `sh` that a test cannot run. */

/** Blocks of these languages are read, not run: what a program prints, or how a file looks. */
export const READ: readonly string[] = ['text', 'markdown', 'console']

/** Throws, or gives a complaint, if the text is not of the language. */
export const PARSED: Readonly<Record<string, (text: string) => unknown>> = {
  json: text => void JSON.parse(text),
  yaml: text => void parse(text),
  js: text => void parseAst(text),
  ts: text => void parseAst(text, { lang: 'ts' }),
  python: text => complaints('python3', '-c', 'import ast, sys; ast.parse(sys.argv[1])', text),
}

/** Pages that another test runs from top to bottom, or section by section, as they are printed. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  'docs/jobs.md': 'test/docs/jobs.test.ts',
  'docs/research.md': 'test/docs/research.test.ts',
  'docs/scale.md': 'test/docs/scale.test.ts',
}

interface Rule {
  line: RegExp
  why: string
}

/** Lines that are not run. Their flags are checked all the same (test/docs.test.ts). */
export const NOT_RUN: readonly Rule[] = [
  { line: /^np[mx] /, why: 'it installs, builds or tests the project itself' },
  { line: /^(?:sha256sum|tar|diff) |^\.\/threadkeep-/, why: 'it checks and unpacks a release' },
  { line: /^podman /, why: 'it needs an engine for containers' },
  { line: /^git clone |^node release\//, why: 'it makes a release: test/release' },
  {
    line: /\.(?:docx|epub|pdf)$/,
    why: 'it needs pandoc or a browser, which not every machine has: test/export/office',
  },
  { line: / login | logout |committee-corner/, why: 'the demo community takes no logins: test/run/probe' },
  { line: / --cookies /, why: 'the demo community takes no logins: test/cli/session' },
  { line: / --wayback /, why: 'it asks the Wayback Machine' },
  { line: /^threadkeep view$/, why: 'it serves until it is stopped: test/cli/commands/publish' },
  { line: /^export HTTPS_PROXY=/, why: 'it names a proxy of the reader: test/sources/site' },
  { line: /^dirname /, why: 'it is for the shell of the reader' },
  { line: /^node -e /, why: 'it takes a report of a run that nobody has here: test/docs/jobs.test.ts has reports' },
]

/** Lines that end with another code than 0 on the demo community. */
export const OTHER_ENDS: readonly (Rule & { code: number })[] = [
  { line: / archive (?:.* )?--media\b/, code: 3, why: 'a picture of the demo is not there' },
  { line: / --as-of 2026-05-01 /, code: 2, why: 'it was archived later' },
  { line: /groups\/hidden-one\//, code: 3, why: 'the demo has no such group' },
]
