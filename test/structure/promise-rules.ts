import { parseSync } from '@swc/core'

type Node = { type?: string; [key: string]: unknown }

/**
 * Names of promises that a file starts in one statement and awaits in another. Whatever is thrown in between leaves them
 * to nobody, and a rejection that belongs to nobody has ended the process of everybody. A promise passes that is caught where
 * it is made, cannot reject, or is awaited by the very next statement and nothing else in it.
 */
export function promisesLeftAlone(text: string): string[] {
  const started = new Set<string>()
  const caught = new Set<string>()
  const awaited = new Set<string>()
  walk(parseSync(text, { syntax: 'typescript', target: 'es2022' }).body as unknown as Node, (node) => {
    const { name, value } = startedBy(node)
    if (name !== undefined && value && !isHarmless(value)) started.add(name)
    for (const name of awaitedNext(node)) caught.add(name)
    const handled = caughtBy(node)
    if (handled !== undefined) caught.add(handled)
    for (const name of awaitedBy(node)) awaited.add(name)
  })
  return [...started].filter((name) => awaited.has(name) && !caught.has(name)).sort()
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) walk(each, visit)
  else if (typeof node === 'object' && node !== null) {
    visit(node as Node)
    for (const [key, inner] of Object.entries(node)) if (key !== 'span') walk(inner, visit)
  }
}

function startedBy(node: Node): { name?: string | undefined; value?: Node | null } {
  if (node.type === 'VariableDeclarator') return { name: nameOf(node.id), value: node.init as Node | null }
  if (node.type === 'AssignmentExpression') return { name: nameOf(node.left), value: node.right as Node }
  return {}
}

/** Awaited or a plain value; ending with `.catch(…)`; a promise whose maker cannot reject it. */
function isHarmless(value: Node): boolean {
  if (value.type === 'NewExpression') {
    const [maker] = (value.arguments ?? []) as { expression: Node }[]
    return ((maker?.expression.params ?? []) as unknown[]).length < 2
  }
  if (value.type === 'ArrayExpression') return ((value.elements ?? []) as unknown[]).length === 0
  return value.type !== 'CallExpression' || methodOf(value) === 'catch'
}

/** `name.catch(…)` as a statement of its own. */
function caughtBy(node: Node): string | undefined {
  if (node.type !== 'ExpressionStatement') return undefined
  const call = node.expression as Node
  return methodOf(call) === 'catch' ? nameOf((call.callee as Node).object) : undefined
}

/** `const left = …` followed by `await left`, `return await …` or `const result = await …`, in a `try` or not. */
function awaitedNext(node: Node): string[] {
  const statements = (Array.isArray(node.stmts) ? node.stmts : []) as Node[]
  return statements.flatMap((statement, index) => {
    const names = ((statement.declarations ?? []) as Node[]).map(({ id }) => nameOf(id))
    const next = statements[index + 1]
    const first = next?.type === 'TryStatement' ? ((next.block as Node).stmts as Node[])[0] : next
    const awaited = awaitedAlone(first)
    return names.filter((name) => name !== undefined && awaited.includes(name)) as string[]
  })
}

function awaitedAlone(statement: Node | undefined): string[] {
  const [declared] = (statement?.declarations ?? []) as Node[]
  const value = (statement?.argument ?? statement?.expression ?? declared?.init) as Node | undefined
  if (value?.type !== 'AwaitExpression') return []
  return [...awaitedBy(value), ...awaitedBy(value.argument as Node)]
}

function awaitedBy(node: Node): string[] {
  if (node.type === 'AwaitExpression') return [nameOf(node.argument)].filter((name) => name !== undefined)
  if (node.type !== 'CallExpression' || nameOf((node.callee as Node).object) !== 'Promise') return []
  const given = (node.arguments as { expression: Node }[]).map(({ expression }) => expression)
  const each = given.flatMap((one) =>
    one.type === 'ArrayExpression'
      ? (one.elements as ({ expression: Node } | null)[]).map((held) => held?.expression)
      : one,
  )
  return each.map((one) => nameOf(one)).filter((name) => name !== undefined)
}

function methodOf(call: Node): string | undefined {
  return call.type === 'CallExpression' ? nameOf((call.callee as Node).property) : undefined
}

function nameOf(node: unknown): string | undefined {
  const { type, value } = (node ?? {}) as Node
  return type === 'Identifier' ? (value as string) : undefined
}
