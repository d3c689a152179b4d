import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { EXIT } from '../../src/model/errors.js'
import { running, testIo } from '../cli/test-io.js'
import { foundMessages } from './found-messages.js'
import { KINDS, kindOf, PASSED_ON, REMEDIES } from './kinds.js'
import { entryOf, isPassedOn } from './page.js'

const PAGE = readFileSync(resolve(import.meta.dirname, '../../docs/errors.md'), 'utf8')
const messages = foundMessages()
const worded = messages.filter(one => one.texts && !isPassedOn(one))

test('each message has words that can be read off the sources', () => {
  const unread = messages.filter(one => !one.texts && !isPassedOn(one)).map(({ place }) => place)
  expect(
    unread,
    'Write the message where it is made, or name its place in PASSED_ON (test/messages/kinds.ts).',
  ).toEqual([])
})

test('each message is of a kind, and has a remedy', () => {
  expect(worded.length).toBeGreaterThan(300)
  const none = worded.filter(({ place }) => !kindOf(place)).map(({ place }) => place)
  expect(none, 'Name the path in a kind of test/messages/kinds.ts.').toEqual([])
  const helpless = worded
    .filter(one => entryOf(one).remedies.length === 0)
    .map(({ place, texts }) => `${place}: ${texts}`)
  expect(helpless, 'Give the error an advice, or the message a remedy in REMEDIES (test/messages/kinds.ts).').toEqual(
    [],
  )
})

test('the tables name nothing that is not there', () => {
  const texts = worded.flatMap(one => one.texts ?? [])
  expect(Object.keys(REMEDIES).filter(text => !texts.includes(text))).toEqual([])
  const unused = PASSED_ON.filter(
    ({ from, text }) => !messages.some(one => one.place.startsWith(`src/${from}`) && one.texts?.[0] === text),
  )
  expect(unused).toEqual([])
  expect(KINDS.filter(kind => !worded.some(({ place }) => kindOf(place) === kind))).toEqual([])
})

test('the page says what each exit code is', () => {
  for (const code of Object.values(EXIT)) expect(PAGE).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'))
})

/** A message of the page as a pattern: capitals and `…` stand for anything. */
const patterns = [...PAGE.matchAll(/^- `+ ?(.+?) ?`+ \(exit (\d+)\)\\\n {2}(.*)$/gm)].map(
  ([, text = '', code, remedy]) => ({
    pattern: new RegExp(
      `^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/…|\b[A-Z]{2,}(?: [A-Z]{2,})*\b/g, '[^]*')}$`,
    ),
    code: Number(code),
    remedy,
  }),
)

test.each([
  ['list', '--db', '/none/archive.db'],
  ['search', '(bees', '--db', '/none/archive.db'],
  ['archive', 'ftp://example.org/'],
  ['config', 'read'],
  ['merge', 'a.db'],
  ['package', '-o', 'deposit.zip'],
  ['agreement', 'none.csv'],
  ['verify', join('/none', 'deposit.zip')],
  ['login', '--json'],
])('what "threadkeep %s %s" says is on the page, with its exit code and its remedy', async (...line) => {
  const { code, err } = await running(line, testIo())
  const [, message = err] = /^Error: (.*)/.exec(err) ?? []
  const found = patterns.filter(({ pattern, code: of }) => pattern.test(message) && of === code)
  expect(found.map(({ remedy }) => remedy).join(), err).not.toBe('')
})
