/** Why a request failed, in words for people. */

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNRESET: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time limit',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within the time limit',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped half-way',
  Z_DATA_ERROR: 'the answer can not be decompressed',
  Z_BUF_ERROR: 'the answer is cut off',
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? ''

/** No such host, or no trust in its certificate: the next try says the same. */
export const isFinal = (error: unknown): boolean =>
  /^(ENOTFOUND|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(codeOf(error))

export const reasonOf = (error: unknown): string =>
  WORDS[codeOf(error)] ?? (error as { message?: string }).message ?? String(error)
