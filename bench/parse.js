import { Parser, parseDocument, Tokenizer } from 'htmlparser2'
import { textOfCapture } from '../dist/parse/document/charset.js'
import { parse } from '../dist/parse/index.js'
import { pagesToParse } from './captures.js'
import { race } from './measure.js'

/**
 * Parsing captures into pages, against htmlparser2 alone on the same bytes. "Merely tokenise" is `new Parser({}).end(html)`: tags,
 * attributes and texts without handlers. Another row builds the tree with parseDocument(), which is the minimum of work for any
 * parser that uses a tree. All start from the received bytes and decode them (and JSON) themselves.
 */

const TARGET = 2
const ROUNDS = { rounds: 21, times: 8, warmUp: 60 }

export async function parseRows() {
  return (await pagesToParse()).map(({ name, capture }) => rowOf(name, capture))
}

function rowOf(name, capture) {
  const times = race(contendersFor(capture), ROUNDS)
  const posts = parse(capture).posts.length
  const by = other => (times.parse / times[other]).toFixed(2)
  const size = `${posts} posts, ${Math.round(capture.body.length / 1000)} kB`
  const spent = `${times.parse.toFixed(2)} : ${times.tags.toFixed(2)} ms CPU`
  const note = `${size}, ${spent}; ${by('tree')}x a bare tree, ${by('bare')}x the bare Tokenizer`
  return { what: `parse: ${name}`, ratio: times.parse / times.tags, target: TARGET, note }
}

const contendersFor = capture => ({
  parse: () => parse(capture),
  tags: () => new Parser({}).end(htmlIn(capture)),
  tree: () => parseDocument(htmlIn(capture), WITH_PLACES),
  bare: () => tokenise(htmlIn(capture)),
})

const WITH_PLACES = { withStartIndices: true, withEndIndices: true }

function htmlIn(capture) {
  const text = textOfCapture(capture)
  if (!text.startsWith('{')) return text
  const answer = JSON.parse(text)
  return answer.data?.contents ?? answer.contents
}

const EVENTS =
  'attribdata attribend attribentity attribname cdata closetag comment declaration end opentagend opentagname ' +
  'processinginstruction selfclosingtag text textentity'
const NOBODY = Object.fromEntries(EVENTS.split(' ').map(name => [`on${name}`, () => {}]))

function tokenise(html) {
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, NOBODY)
  tokenizer.write(html)
  tokenizer.end()
}
