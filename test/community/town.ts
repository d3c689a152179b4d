import { type Cheerio, type CheerioAPI, load } from 'cheerio'
import type { Element } from 'domhandler'
import { afterTest } from '../cleanup.js'
import { type Community, type CommunityServer, DEMO, type ServeOptions, serveCommunity } from './index.js'

interface Answered {
  status: number
  headers: Headers
  body: string
  $: CheerioAPI
}

export interface Town {
  server: CommunityServer
  get(path: string, headers?: Record<string, string>): Promise<Answered>
  /** To admin-ajax; `from` becomes the Referer. */
  ajax(fields: Record<string, string>, from?: string): Promise<Answered>
  json(path: string): Promise<unknown>
}

/** Without REST, so that the routes by page and AJAX are walked: the tests of REST ask for it. */
export async function town(options: ServeOptions = {}, community: Community = DEMO): Promise<Town> {
  const server = await serveCommunity(community, { rest: false, ...options })
  afterTest(() => server.close())
  const ask = async (path: string, init: RequestInit): Promise<Answered> => {
    const response = await fetch(new URL(path, server.url), { redirect: 'manual', ...init })
    const body = await response.text()
    return { status: response.status, headers: response.headers, body, $: load(body) }
  }
  return {
    server,
    get: (path, headers = {}) => ask(path, { headers }),
    ajax: (fields, from) =>
      ask('wp-admin/admin-ajax.php', {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: from === undefined ? {} : { referer: new URL(from, server.url).href },
      }),
    json: async path => JSON.parse((await ask(path, {})).body),
  }
}

export const idsOf = (found: Cheerio<Element>): number[] =>
  found.toArray().map(element => Number(/\d+$/.exec(element.attribs['id'] ?? '')?.[0]))
