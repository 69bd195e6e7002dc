import type { Db } from './client.ts'
import { everybody } from './seed/people.ts'

/** What shows that a database is, or was, a training copy: earnest must not begin in it. Sentences in both languages. */
export async function trainingTraces(db: Db): Promise<string[]> {
  const people = everybody()
  const [found] = await db.$queryRaw<{ people: number; clock: boolean }[]>`
    SELECT (SELECT count(*)::int FROM officer WHERE id = ANY(${people.map(({ id }) => id)})
        OR "staffNumber" = ANY(${people.map(({ staffNumber }) => staffNumber)})) AS people,
      EXISTS (SELECT FROM deployment_clock) AS clock`
  const { people: count, clock } = found as NonNullable<typeof found>
  return [
    ...(count > 0
      ? [
          '数据库内有训练用人员，其口令是公开的，请使用新建的数据库。 It holds people of the training copy, whose password is published: use a database of its own.',
        ]
      : []),
    ...(clock
      ? [
          '数据库内有训练时钟，其时间不是真实时间，请使用新建的数据库。 It holds a training clock, so that its time is not the real one: use a database of its own.',
        ]
      : []),
  ]
}
