import { resolveUrl, withoutSecrets } from '../../../model/urls.js'
import { httpHead } from './http-message.js'
import { field } from './record.js'

/** What a request has besides its URL. `form: null`: it is none that loads posts or groups. */
export interface LoaderRequest {
  form: Record<string, string> | null
  referer?: string
}

/** Actions of the AJAX loaders of BuddyPress and BuddyBoss, which read and change nothing. */
const LOADERS =
  /^(?:(?:activity|groups|members)_filter|activity_(?:get_older_updates|widget_filter|loadmore_comments)|get_single_activity_content)$/

/** The Legacy pack sends all cookies of its own in a field. */
const SECRET_FIELD = /nonce|cookie|token|pass|pwd|auth|secret/i

/** AJAX requests of WordPress go to this address, whatever the community is. */
export const isAjaxUrl = (url: string): boolean => new URL(url).pathname.endsWith('/admin-ajax.php')

/** Reads the block of a `request` record. */
export async function loaderRequest(block: Buffer, url: string): Promise<LoaderRequest> {
  const head = httpHead(block)
  const referer = resolveUrl(field(head.fields, 'referer'), url)
  const type = field(head.fields, 'content-type') ?? ''
  const isPost = /^POST\s/i.test(head.firstLine)
  const form = isPost ? loaderForm(await fieldsIn(block.subarray(head.length), type)) : null
  return { form, ...(referer === null ? {} : { referer: withoutSecrets(referer) }) }
}

async function fieldsIn(body: Buffer, type: string): Promise<Iterable<[string, string]>> {
  if (!/^multipart\/form-data/i.test(type)) return new URLSearchParams(body.toString('utf8').trim())
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    return [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : []))
  } catch {
    return []
  }
}

/** The fields without secrets; null: this is no request of a loader. */
function loaderForm(fields: Iterable<[string, string]>): Record<string, string> | null {
  const form = Object.fromEntries([...fields].flatMap(withoutSecret))
  return LOADERS.test(form['action'] ?? '') ? form : null
}

function withoutSecret([name, value]: [string, string]): [string, string][] {
  if (!SECRET_FIELD.test(name)) return [[name, value]]
  // Our own requests have the field of the Legacy pack, too, but empty.
  return name === 'cookie' ? [[name, '']] : []
}

/**
 * Recorders that know addresses only put a POST into the query: `…?__wb_method=POST&action=…`, or its body as base64 in
 * `__wb_post_data`. Null: this URL is not of that kind.
 */
export function requestInUrl(url: string): { url: string; form: Record<string, string> | null } | null {
  const at = url.search(/[?&]__wb_method=POST(?:&|$)/i)
  if (at < 0) return null
  const query = new URLSearchParams(url.slice(at + 1))
  query.delete('__wb_method')
  const data = query.get('__wb_post_data')
  const fields = data === null ? query : new URLSearchParams(Buffer.from(data, 'base64').toString('utf8'))
  return { url: url.slice(0, at), form: loaderForm(fields) }
}
