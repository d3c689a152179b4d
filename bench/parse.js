import { Parser, Tokenizer } from 'htmlparser2'
import { parse } from '../dist/parse/index.js'
import { textOfCapture } from '../dist/parse/charset.js'
import { demoCaptures, recordedCaptures } from './captures.js'
import { race } from './measure.js'

/**
 * Capture to posts, against htmlparser2 alone on the same bytes. "Merely tokenise" is `new Parser({}).end(html)`: the
 * stream of tags, attributes and texts with nobody listening. The bare Tokenizer, which does not even make strings of
 * what it finds, is told beside it. Both get the bytes as they came; JSON is decoded for all, because it is not HTML.
 */

const TARGET = 2
const ROUNDS = { rounds: 21, times: 8, warmUp: 60 }

export async function parseRows() {
  const pages = [...(await demoCaptures()), ...(await recordedCaptures())]
  return pages.map(({ name, capture }) => rowOf(name, capture))
}

function rowOf(name, capture) {
  const times = race(
    { parse: () => parse(capture), tags: () => new Parser({}).end(htmlIn(capture)), bare: () => tokenise(htmlIn(capture)) },
    ROUNDS,
  )
  const { posts } = parse(capture)
  const note = `${posts.length} posts, ${kilobytes(capture)} kB, ${ms(times.parse)} : ${ms(times.tags)} ms CPU`
  return {
    what: `parse: ${name}`,
    ratio: times.parse / times.tags,
    target: TARGET,
    note: `${note}; ${(times.parse / times.bare).toFixed(2)}x the bare Tokenizer`,
  }
}

const ms = time => time.toFixed(2)
const kilobytes = capture => Math.round(capture.body.length / 1000)

function htmlIn(capture) {
  const text = textOfCapture(capture)
  if (!text.startsWith('{')) return text
  const answer = JSON.parse(text)
  return answer.data?.contents ?? answer.contents
}

const NOBODY = new Proxy({}, { get: () => () => {} })

function tokenise(html) {
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, NOBODY)
  tokenizer.write(html)
  tokenizer.end()
}
