import { readFileSync } from 'node:fs'
import { Parser, parseDocument, Tokenizer } from 'htmlparser2'
import { textOfCapture } from '../dist/parse/document/charset.js'
import { parse } from '../dist/parse/index.js'
import { race } from './measure.js'

/** `node parse-child.js FILE NAME`: does one kind of work with the capture of a file, and prints its CPU time in ms and the number of posts. */

const ROUNDS = { rounds: 21, times: 8, warmUp: 100 }

/** All start from the received bytes and decode them (and JSON) themselves. */
const WORK = {
  parse: capture => parse(capture),
  tags: capture => new Parser({}).end(htmlIn(capture)),
  tree: capture => parseDocument(htmlIn(capture), { withStartIndices: true, withEndIndices: true }),
  bare: capture => tokenise(htmlIn(capture)),
}

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

const [file, name] = process.argv.slice(2)
const { body, ...facts } = JSON.parse(readFileSync(file, 'utf8'))
const capture = { ...facts, body: new Uint8Array(Buffer.from(body, 'base64')) }
const times = race({ [name]: () => WORK[name](capture) }, ROUNDS)
console.log(JSON.stringify({ cpu: times[name], posts: parse(capture).posts.length }))
