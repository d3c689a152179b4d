import type { ServerResponse } from 'node:http'
import { type Chance, chance } from '../chance.js'
import type { Community, DemoGroup, PackName } from '../community/index.js'
import { town } from '../community/town.js'
import { fault } from './faults.js'
import { type Answer, type Asked, type Gateway, type Serve, send, startGateway } from './gateway.js'
import { CLOSING_GROUP, LivingTown, MEMBERS_GROUP } from './town-life.js'

/** A living community behind a proxy, with all that befalls it. */

export const OLD_HOST = 'town.example'
export const NEW_HOST = 'hollow-lane.example'
const COOKIE = 'wordpress_logged_in_town'
const NONCE = 'ab12cd34ef'
/** In seconds: so long a session would last, if the site did not end it. */
const YEAR = 366 * 86_400

export interface World {
  life: LivingTown
  gateway: Gateway
  /** The template pack and REST may change from night to night. */
  site: { pack: PackName; rest: boolean }
  /** Share of the requests that are answered with a fault. */
  faults: number
  /** The old host answers everything with a redirect to the new one. */
  hasMoved: boolean
  /** The only session that the site accepts; null: none. */
  session: string | null
  closeGroup(): void
  /** Somebody logs in, and exports the cookies of the browser: the text of a cookies.txt. */
  logIn(host: string): string
}

/** The same community as its members see it. The list of groups is the same one until it changes. */
function asMember(community: Community): Community {
  let [seen, groups] = [community.groups, community.groups.map(opened)]
  return {
    name: community.name,
    get members() {
      return community.members
    },
    get posts() {
      return community.posts
    },
    get groups() {
      if (seen !== community.groups) [seen, groups] = [community.groups, community.groups.map(opened)]
      return groups
    },
  }
}

const opened = (group: DemoGroup): DemoGroup => (group.slug === MEMBERS_GROUP ? { ...group, status: 'public' } : group)
const closed = (group: DemoGroup): DemoGroup => (group.slug === CLOSING_GROUP ? { ...group, status: 'private' } : group)

export async function startWorld(threads: number, clock: { now(): number }, random: Chance): Promise<World> {
  const life = new LivingTown(threads, clock.now(), random)
  const site: World['site'] & { now: () => number } = { pack: 'nouveau', rest: true, now: () => clock.now() / 1000 }
  const [visitors, members] = [await town(site, life.community), await town(site, asMember(life.community))]
  const siteOf = (asked: Asked) => (isMember(asked, world) ? members : visitors).server.url
  const world: World = {
    ...{ life, site, faults: 0, hasMoved: false, session: null, gateway: { url: '', asked: 0 } },
    closeGroup: () => {
      life.community.groups = life.community.groups.map(closed)
    },
    logIn: host => {
      world.session = `iris%7C${Math.floor(clock.now() / 1000) + YEAR}%7Ctoken`
      return `# Netscape HTTP Cookie File\n${host}\tFALSE\t/\tFALSE\t0\t${COOKIE}\t${world.session}\n`
    },
  }
  world.gateway = await startGateway(siteOf, serving(world, chance(random() * 1e9)))
  return world
}

const isRest = ({ url }: Asked): boolean => url.pathname.startsWith('/wp-json')
const hasSession = ({ headers }: Asked, { session }: World): boolean =>
  session !== null && (headers.cookie ?? '').includes(`${COOKIE}=${session}`)

/** WordPress takes a REST request without a nonce for a visitor's. */
const isMember = (asked: Asked, world: World): boolean =>
  hasSession(asked, world) && (!isRest(asked) || asked.headers['x-wp-nonce'] === NONCE)

const serving =
  (world: World, random: Chance): Serve =>
  async (asked, response, next) => {
    const { url } = asked
    if (random() < world.faults) return fault(response, random)
    if (world.hasMoved && url.hostname === OLD_HOST) return moved(url, response)
    if (url.searchParams.get('action') === 'rest-nonce') return nonce(hasSession(asked, world), response)
    if (isRest(asked) && asked.headers['x-wp-nonce'] && !isMember(asked, world)) return refused(response)
    const answer = await next()
    send(isMember(asked, world) ? marked(answer) : answer, response)
  }

const moved = ({ pathname, search }: URL, response: ServerResponse): void =>
  void response.writeHead(301, { Location: `http://${NEW_HOST}${pathname}${search}` }).end()

const nonce = (holds: boolean, response: ServerResponse): void =>
  void response.writeHead(holds ? 200 : 400, { 'Content-Type': 'text/html' }).end(holds ? NONCE : '0')

const refused = (response: ServerResponse): void =>
  void response
    .writeHead(403, { 'Content-Type': 'application/json' })
    .end('{"code":"rest_cookie_invalid_nonce","message":"Cookie check failed","data":{"status":403}}')

/** `body.logged-in` (body_class of WordPress). */
const marked = (answer: Answer): Answer => ({
  ...answer,
  body: Buffer.from(answer.body.toString().replace('<body class="', '<body class="logged-in ')),
})
