import type { Reporter, TestModule } from 'vitest/node'

type Span = { beganAt: number; endedAt: number; modules: number }

/** Prints how many seconds each project took, from its first file to the end of its last, so that slowness has a place. */
export default class SecondsByProject implements Reporter {
  readonly #spans = new Map<string, Span>()

  onTestModuleStart({ project }: TestModule): void {
    const now = Date.now()
    const span = this.#spans.get(project.name) ?? { beganAt: now, endedAt: now, modules: 0 }
    this.#spans.set(project.name, { ...span, modules: span.modules + 1 })
  }

  onTestModuleEnd({ project }: TestModule): void {
    const span = this.#spans.get(project.name)
    if (span !== undefined) span.endedAt = Date.now()
  }

  onTestRunEnd(): void {
    for (const [name, { beganAt, endedAt, modules }] of this.#spans)
      console.log(`${name.padEnd(10)} ${((endedAt - beganAt) / 1000).toFixed(0).padStart(5)} s, ${modules} files`)
  }
}
