/** CPU time, not wall-clock time, because other work of the machine must not count. Medians of rounds; the contenders alternate. */

const milliseconds = ({ user, system }) => (user + system) / 1000

export function cpuOf(work, times) {
  const start = process.cpuUsage()
  for (let time = 0; time < times; time++) work()
  return milliseconds(process.cpuUsage(start)) / times
}

export const cpuSince = start => milliseconds(process.cpuUsage(start))

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** `contenders`: functions by name. Each is measured once per round, so that a slow moment affects all of them. */
export function race(contenders, { rounds, times, warmUp }) {
  const names = Object.keys(contenders)
  for (let time = 0; time < warmUp; time++) for (const name of names) contenders[name]()
  const seen = Object.fromEntries(names.map(name => [name, []]))
  for (let round = 0; round < rounds; round++) for (const name of names) seen[name].push(cpuOf(contenders[name], times))
  return Object.fromEntries(names.map(name => [name, median(seen[name])]))
}
