import { once } from 'node:events'
import { loadConfigFor } from '../platform/config.ts'
import { roleLabels } from '../domain/labels.ts'
import { people, trainingPassword } from '../prisma/seed/people.ts'
import { createProgress } from './progress.ts'
import { type Stack, startStack } from './stack.ts'
import { sentenceOf } from './plain-failure.ts'

const startedAt = Date.now()
const progress = createProgress()
const leave = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave.abort())

try {
  progress.say('启动中 Starting …')
  const stack = await startStack({
    config: loadConfigFor('counter'),
    say: progress.say,
    signal: leave.signal,
  })
  progress.done()
  printWhereabouts(stack, Date.now() - startedAt)
  if (!leave.signal.aborted) await once(leave.signal, 'abort')
  console.log('\n停止中 Stopping …')
  await stack.stop()
} catch (error) {
  progress.done()
  if (leave.signal.aborted) console.log('\n已停止 Stopped before everything was up')
  else console.error(sentenceOf(error))
  process.exitCode = 1
}
// A connection that is still being retried may not keep a stopped system on the screen.
process.exit()

function printWhereabouts({ urls, config }: Stack, milliseconds: number): void {
  const rows = [
    ['办理接口 API', urls.api],
    ['接口说明 API documentation', `${urls.api}/docs`],
    ['核对中心（沙箱）Matching centre, sandbox', urls.matchingCentre],
    ['银行（沙箱）Bank, sandbox', urls.bank],
    ['流程引擎 Temporal', urls.temporalAddress],
    ['流程引擎页面 Temporal pages', urls.temporalUi ?? '-'],
    ['数据与日志 Data and logs', config.dataDir],
  ]
  console.log(`\n救助已启动 Jiuzhu is running (${(milliseconds / 1000).toFixed(1)} s, ${config.environment})\n`)
  for (const [label, where] of rows) console.log(`  ${label}: ${where}`)
  if (config.environment === 'training') printLogins()
  console.log('\n按 Ctrl-C 停止 Press Ctrl-C to stop\n')
}

/** One login for each desk of the first township, and of those above it; the others are in prisma/seed/people.ts. */
function printLogins(): void {
  const { beijie, handlers, approvers, financeOfficers, supervisors } = people.xifeng
  const { supervisors: citySupervisors, auditors, administrators } = people.qingyang
  // Of finance two: who prepares a payment does not release it.
  const others = financeOfficers.slice(1)
  const county = [handlers, approvers, financeOfficers, others, supervisors]
  const desks = [beijie.clerks, beijie.handlers, beijie.leaders, ...county, citySupervisors]
  console.log(`\n培训账号（庆阳市西峰区），密码均为 Training accounts, all with the password: ${trainingPassword}\n`)
  for (const [person] of [...desks, auditors, administrators]) {
    if (person)
      console.log(`  ${person.staffNumber.padEnd(20)} ${person.name.padEnd(4, '　')} ${roleLabels[person.role]}`)
  }
}
