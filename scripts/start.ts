import { once } from 'node:events'
import { loadConfig } from '../platform/config.ts'
import { createProgress } from './progress.ts'
import { type Stack, startStack } from './stack.ts'

const startedAt = Date.now()
const progress = createProgress()
const leave = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave.abort())

try {
  progress.say('启动中 Starting …')
  const stack = await startStack({ config: loadConfig(), say: progress.say, signal: leave.signal })
  progress.done()
  printWhereabouts(stack, Date.now() - startedAt)
  if (!leave.signal.aborted) await once(leave.signal, 'abort')
  console.log('\n停止中 Stopping …')
  await stack.stop()
} catch (error) {
  progress.done()
  if (leave.signal.aborted) console.log('\n已停止 Stopped before everything was up')
  else console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
// A connection that is still being retried may not keep a stopped system on the screen.
process.exit()

function printWhereabouts({ urls, config }: Stack, milliseconds: number): void {
  const rows = [
    ['办理 Officers’ desk and API', urls.api],
    ['核对中心（沙箱）Matching centre, sandbox', urls.matchingCentre],
    ['银行（沙箱）Bank, sandbox', urls.bank],
    ['流程引擎 Temporal', urls.temporalAddress],
    ['流程引擎页面 Temporal pages', urls.temporalUi ?? '-'],
    ['数据与日志 Data and logs', config.dataDir],
  ]
  console.log(`\n救助已启动 Jiuzhu is running (${(milliseconds / 1000).toFixed(1)} s, ${config.environment})\n`)
  for (const [label, where] of rows) console.log(`  ${label}: ${where}`)
  console.log('\n按 Ctrl-C 停止 Press Ctrl-C to stop\n')
}
