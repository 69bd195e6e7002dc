import './plain-failure.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { connectClient } from '../platform/temporal.ts'
import { openArchive } from '../prisma/client.ts'
import { World } from '../test/support/world.ts'
import { type Check, checkStory } from './demo/checks.ts'
import { configForDemo } from './demo/own-stack.ts'
import { checkLines, resultTable } from './demo/print.ts'
import { runStory, type Story } from './demo/story.ts'
import { createProgress } from './progress.ts'
import { type Stack, startStack } from './stack.ts'

// The first register answers after this, the second after twice this: nobody wants to watch eight seconds of waiting.
const briskInstitutions = { 'matching-centre': { SOURCE_DELAY_MS: '150' }, bank: { SETTLE_DELAY_MS: '300' } }

const startedAt = Date.now()
const progress = createProgress()
const leave = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave.abort())

let stack: Stack | undefined
try {
  progress.say('启动演示环境 Starting the demonstration …')
  const config = await configForDemo()
  stack = await startStack({ config, say: progress.say, signal: leave.signal, extraEnv: briskInstitutions })
  progress.done()
  process.exitCode = await demonstrate(stack)
} catch (error) {
  progress.done()
  process.exitCode = 1
  if (leave.signal.aborted) console.error('\n演示已中止 Stopped before the end')
  else console.error('\n演示失败 The demonstration failed:', error)
  if (stack) console.error(`日志 Logs: ${stack.config.dataDir}/logs`)
} finally {
  await stack?.stop()
}
// A connection that is still being retried may not keep a stopped system on the screen.
process.exit()

/** Tells the story, shows how it came out and what was checked behind the counter; the number is the exit code. */
async function demonstrate(running: Stack): Promise<number> {
  const world = new World(running.urls, `demo ${startedAt}`)
  console.log('庆阳市三户家庭的低保申请（培训环境：时间由培训时钟推进，规则、时限、日历与正式办理相同）')
  const story = await orAborted(runStory(world, { say: (line) => console.log(line) }))
  console.log('\n结果\n')
  for (const line of resultTable(story)) console.log(`  ${line}`)
  const checks = await checkBehindTheCounter(running, story, world)
  console.log('\n核查\n')
  for (const line of checkLines(checks)) console.log(`  ${line}`)
  const failed = checks.filter(({ holds }) => !holds).length
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0)
  console.log(
    failed === 0 ? `\n演示完成，${checks.length}项核查全部通过（${seconds}秒）` : `\n演示失败：${failed}项核查未通过`,
  )
  return failed === 0 ? 0 : 1
}

async function checkBehindTheCounter({ config, urls }: Stack, story: Story, { bank }: World): Promise<Check[]> {
  const archive = openArchive({
    url: urls.databaseApp,
    process: 'api',
    cipher: createFieldCipher(config.keys),
    maxConnections: 2,
  })
  const { namespace } = config.temporal
  const client = await connectClient({ address: urls.temporalAddress, namespace, payloadKeys: config.keys.payload })
  try {
    return await checkStory(story, { bank, client, archive })
  } finally {
    await client.connection.close()
    await archive.close()
  }
}

async function orAborted<T>(work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      leave.signal.addEventListener('abort', () => reject(new Error('Interrupted')))
    }),
  ])
}
