/** Starts to measure. The result gives the processor time since then in milliseconds, which other programs on the machine do not change. */
export function processorTime(): () => number {
  const from = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1000
  }
}
