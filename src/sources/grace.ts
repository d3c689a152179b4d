/** Milliseconds that work in progress has left once it is to stop: then it ends within two seconds. */
const GRACE = 700

/** One for each signal: a signal that lives as long as a run would otherwise collect listeners. */
const KNOWN = new WeakMap<AbortSignal, AbortSignal>()

/** A signal that is aborted some time after the other one: what can be finished soon is finished. */
export function graceAfter(signal: AbortSignal): AbortSignal {
  const known = KNOWN.get(signal) ?? newGrace(signal)
  KNOWN.set(signal, known)
  return known
}

function newGrace(signal: AbortSignal): AbortSignal {
  const grace = new AbortController()
  const begin = () => void setTimeout(() => grace.abort(), GRACE).unref()
  if (signal.aborted) begin()
  else signal.addEventListener('abort', begin, { once: true })
  return grace.signal
}
