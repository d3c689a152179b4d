/** Milliseconds that work in progress has left once it is to stop: then it ends within two seconds. */
const GRACE = 700

/** A signal that is aborted some time after the other one: what can be finished soon is finished. */
export function graceAfter(signal: AbortSignal): AbortSignal {
  const grace = new AbortController()
  const begin = () => void setTimeout(() => grace.abort(), GRACE).unref()
  if (signal.aborted) begin()
  else signal.addEventListener('abort', begin, { once: true })
  return grace.signal
}
