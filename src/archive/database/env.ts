/** The outside that an archive needs. */
export interface ArchiveEnv {
  /** Milliseconds. */
  now(): number
  pid: number
  host: string
  /** The words of the command line: a second run is told who holds the lock. */
  command: string
  /** Whether the process that had this number at that time still runs on this machine. */
  isAlive(pid: number, at: string): boolean
}
