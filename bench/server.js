import { serveBig } from './community.js'

/** The invented community in a process of its own: `node server.js THREADS PACK [rest]`. Its first line is its address. */
const [threads, pack, rest] = process.argv.slice(2)
const server = await serveBig(Number(threads), pack, rest === 'rest')
console.log(server.url)
