import { errorCode, errorMessage } from '../../model/thrown.js'
import { PRIVATE_ADDRESS } from './public-addresses.js'
import { TLS_PORT } from './tls-port.js'

/** Clauses for messages, by the code of the error. */
const ERROR_TEXTS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be resolved',
  ECONNRESET: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was lost',
  PROXY_LOST: 'the proxy closed the connection',
  [PRIVATE_ADDRESS]: 'its address belongs to a private network',
  [TLS_PORT]: 'this port speaks https only: the address has to begin with https://',
  EPROTO: 'this port does not speak https: the address may have to begin with http://',
  ERR_SSL_WRONG_VERSION_NUMBER: 'this port does not speak https: the address may have to begin with http://',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'this port does not speak https: the address may have to begin with http://',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock of this machine is wrong',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an authority that this machine does not know',
  UND_ERR_CONNECT_TIMEOUT: 'there was no connection within the time limit',
  UND_ERR_HEADERS_TIMEOUT: 'there was no response within the time limit',
  UND_ERR_BODY_TIMEOUT: 'the response stopped half-way',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the response are larger than 256 KB',
  Z_DATA_ERROR: 'the response cannot be decompressed',
  Z_BUF_ERROR: 'the response is cut off',
}

const OVERALL = 'the response took more than five times the time limit'

/** What to do about a request that failed for good. */
export function adviceFor(error: unknown): string {
  if (/SELF_SIGNED|^UNABLE_TO/.test(errorCode(error))) return TRUST
  if (errorCode(error) === TLS_PORT) return 'Name the address with https:// instead of http://.'
  if (isSlow(error)) return `${RUN_AGAIN} ${MORE_TIME}`
  return CHECK
}

export const RUN_AGAIN = 'Run the same command again later: it continues where this run stopped.'

export const CHECK = `Check the address and the connection. ${RUN_AGAIN}`

/** The host is there, and its answer did not come in time. */
const isSlow = (error: unknown): boolean =>
  isOverall(error) || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(errorCode(error))

/** The time limit of a whole exchange, which is a signal. */
const isOverall = (error: unknown): boolean => (error as { name?: string }).name === 'TimeoutError'

const MORE_TIME = 'If the site is always as slow, give it more seconds: --timeout 300.'

const TRUST =
  'If you trust who signed it, save the certificate of that authority in a file, and name the file: NODE_EXTRA_CA_CERTS=authority.pem threadkeep …'

/** An unknown host, the wrong scheme, an untrusted certificate, a body over a limit, a file that can't be written: another attempt would fail in the same way. */
export const isFinal = (error: unknown): boolean =>
  /^(TOO_LARGE|TOO_SLOW|UNWRITABLE|PRIVATE_ADDRESS|TLS_PORT|ENOTFOUND|EPROTO|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(
    errorCode(error),
  ) || /\b407\b/.test(errorMessage(error))

/** There is no connection to the host, whatever is requested of it. */
export const isUnreachable = (error: unknown): boolean =>
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(errorCode(error))

/** Why a request failed, as a clause for messages. */
export const failureReason = (error: unknown): string => {
  const message = errorMessage(error)
  if (/\bproxy\b.*\b407\b/i.test(message)) return 'the proxy requires a user name and a password'
  const refusal = /^Proxy response \((\d+)\)/.exec(message)
  return refusal
    ? `the proxy refused to connect (HTTP ${refusal[1]})`
    : isOverall(error)
      ? OVERALL
      : (ERROR_TEXTS[errorCode(error)] ?? message)
}
