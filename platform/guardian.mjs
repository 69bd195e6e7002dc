// Outlives its parent by a moment. The parent writes one line per process it starts (+pid signal) or sees end (-pid),
// and per folder to remove afterwards (rm path). When the pipe closes, however the parent ended, what is left is ended
// in reverse order. A plain .mjs file, so that it starts fast and under any Node.
import { readFileSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const processes = new Map()
const folders = []
const graceMs = 10_000

function send(pid, signal) {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

// In a container whose first process reaps nobody, the dead keep their numbers for ever.
function isAlive(pid) {
  try {
    return !/ Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return send(pid, 0)
  }
}

// Ctrl-C and a closing terminal are the parent's to handle; this process leaves when the parent has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('rm ')) folders.push(line.slice(3))
  if (line.startsWith('-')) processes.delete(Number(line.slice(1)))
  if (line.startsWith('+')) {
    const [pid, signal] = line.slice(1).split(' ')
    processes.set(Number(pid), signal)
  }
}

for (const [pid, signal] of [...processes].reverse()) {
  send(pid, signal)
  const deadline = Date.now() + graceMs
  while (isAlive(pid) && Date.now() < deadline) await sleep(25)
  if (isAlive(pid)) send(pid, 'SIGKILL')
}
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
