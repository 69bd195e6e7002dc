/** Tells what is going on: one line that changes under a terminal, plain lines in a log. */
export type Progress = Readonly<{ say(line: string): void; done(): void }>

const clearLine = '\r\u001b[2K'

export function createProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  let finished = false
  return {
    say: (line) => {
      // Afterwards only news arrives (a part was restarted), and that must stay readable.
      if (!out.isTTY || finished) out.write(`${line}\n`)
      else out.write(`${clearLine}${line.slice(0, out.columns - 1)}`)
    },
    done: () => {
      if (out.isTTY && !finished) out.write(clearLine)
      finished = true
    },
  }
}
