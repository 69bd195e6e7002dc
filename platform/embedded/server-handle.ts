/** A server process we know by its number, whether we started it or found it running. */
export type ServerHandle = Readonly<{
  pid: number
  /** Resolves when the process is gone, for whatever reason. */
  exited: Promise<void>
  stop(): Promise<void>
}>
