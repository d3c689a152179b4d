import { serveBig } from './community.js'

/** Serves the invented community in a separate process: `node server.js THREADS PACK [rest]`. Its first line is its URL. */
const [threads, pack, rest] = process.argv.slice(2)
const server = await serveBig(Number(threads), pack, rest === 'rest')
console.log(server.url)
