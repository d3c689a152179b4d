/** What an archive needs to know about the process and the machine. */
export interface ArchiveEnv {
  /** Milliseconds since 1970, UTC. */
  now(): number
  pid: number
  host: string
  /** Start of the machine and PID namespace: `pid` identifies a process there only. Absent: unknown, `host` is compared instead. */
  place?: string | null
  /** The command line, which a second run shows as the holder of the lock. */
  command: string
  /** How long a run waits for a lock of another program, in milliseconds. Never less than five seconds. */
  lockWait?: number
  /** True if the process that had this pid at that time is still running on this machine. */
  isAlive(pid: number, at: string): boolean
}
