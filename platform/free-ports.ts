import type { Ports } from './config.ts'
import { isPortTaken } from './embedded/processes.ts'

/** Other programs listen where ours would; the message names every such port and its setting. */
export class PortsTakenError extends Error {
  override readonly name = 'PortsTakenError'
  constructor(taken: readonly { port: number; setting: string }[]) {
    const named = taken.map(({ port, setting }) => `${port} (${setting})`)
    super(
      `端口已被其他程序占用：${named.join('、')}。请停止占用端口的程序，或用 JIUZHU_PORT_BASE 换一组连续的端口。` +
        ` Ports in use by other programs: ${named.join(', ')}. Stop those programs, or set JIUZHU_PORT_BASE to the first` +
        ` of ${Object.keys(settingOf).length} free ports in a row.`,
    )
  }
}

/** The variable that sets each port. */
const settingOf = {
  api: 'JIUZHU_PORT',
  matchingCentre: 'MATCHING_CENTRE_PORT',
  bank: 'BANK_PORT',
  postgres: 'POSTGRES_PORT',
  temporal: 'TEMPORAL_PORT',
  temporalUi: 'TEMPORAL_UI_PORT',
  workerHealth: 'WORKER_HEALTH_PORT',
  apiMetrics: 'API_METRICS_PORT',
  workerMetrics: 'WORKER_METRICS_PORT',
} as const satisfies Record<keyof Ports, string>

/**
 * Looks at all ports that are about to be used, so that a start fails at once and names them together.
 * @throws PortsTakenError
 */
export async function refuseTakenPorts(ports: Partial<Ports>): Promise<void> {
  const wanted = Object.entries(ports) as [keyof Ports, number][]
  const isTaken = await Promise.all(wanted.map(([, port]) => isPortTaken(port)))
  const taken = wanted.filter((_, index) => isTaken[index])
  if (taken.length > 0) throw new PortsTakenError(taken.map(([name, port]) => ({ port, setting: settingOf[name] })))
}
