import type { Evidence, Law } from '../checker.ts'
import { lawByQuery } from './by-query.ts'

type Instruction = { id: string; state: string; amountFen: string }

/** What must hold of every fen: in the archive, in the journal, and in the bank's own book. */
export const lawsOfMoney: readonly Law[] = [
  {
    name: 'what is paid was credited once, and nothing else',
    async find(evidence) {
      const wrong: string[] = []
      for (const { id, state, amountFen } of await instructionsOf(evidence)) {
        const { times, balanceFen } = creditsOf(id, evidence)
        const paid = state === 'PAID'
        const known = !['PREPARED', 'VOIDED', 'RETURNED'].includes(state)
        if (times > 1 || (paid && times !== 1) || (times > 0 && (state === 'PREPARED' || state === 'VOIDED')))
          wrong.push(`${id} ${times} times`)
        if (balanceFen !== 0 && (!known || balanceFen !== Number(amountFen))) wrong.push(`${id} ${balanceFen} fen`)
      }
      return wrong
    },
  },
  {
    name: 'the bank has nothing that was not released',
    async find(evidence) {
      const known = new Map((await instructionsOf(evidence)).map((row) => [row.id, row]))
      return evidence.bankBook.flatMap(({ kind, instruction }) => {
        if (kind !== 'accepted' || instruction === undefined) return []
        const row = known.get(instruction.instructionId)
        const lawful =
          row && row.state !== 'PREPARED' && row.state !== 'VOIDED' && Number(row.amountFen) === instruction.amountFen
        return lawful ? [] : [instruction.instructionId]
      })
    },
  },
  lawByQuery(
    'each journal entry balances',
    `SELECT "entryId" AS "where" FROM journal_posting GROUP BY "entryId" HAVING sum("amountFen") <> 0 OR count(*) < 2`,
  ),
  lawByQuery(
    'the journal tells where the money of each instruction is',
    `SELECT i.id AS "where" FROM payment_instruction i
     LEFT JOIN (SELECT "instructionId",
         sum("amountFen") FILTER (WHERE account = 'BUDGET') AS budget,
         sum("amountFen") FILTER (WHERE account = 'RELEASED') AS released,
         sum("amountFen") FILTER (WHERE account = 'HOUSEHOLDS') AS households
       FROM journal_posting GROUP BY "instructionId") j ON j."instructionId" = i.id
     WHERE COALESCE(j.budget, 0) <> CASE WHEN i.state IN ('RELEASED', 'SENT', 'PAID') THEN -i."amountFen" ELSE 0 END
       OR COALESCE(j.released, 0) <> CASE WHEN i.state IN ('RELEASED', 'SENT') THEN i."amountFen" ELSE 0 END
       OR COALESCE(j.households, 0) <> CASE WHEN i.state = 'PAID' THEN i."amountFen" ELSE 0 END`,
  ),
  lawByQuery(
    'a person is paid once a month',
    `SELECT p."personId" || ' ' || p.month AS "where" FROM payment_line_person p
     JOIN payment_instruction i ON i."lineId" = p."lineId" AND i.state = 'PAID'
     GROUP BY p."personId", p.programme, p.month, p.instalment HAVING count(*) > 1`,
  ),
  lawByQuery(
    'an instruction pays what was confirmed',
    `SELECT i.id AS "where" FROM payment_instruction i JOIN payment_line l ON l.id = i."lineId"
     WHERE i."amountFen" <> l."amountFen" OR NOT EXISTS (
       SELECT FROM matter_event e WHERE e."matterId" = l."matterId" AND e.type = 'CONFIRMED'
         AND e.data->>'benefitId' = l."entitlementId" AND (e.data->>'amountFen')::bigint = l."amountFen")`,
  ),
  lawByQuery(
    'two persons let money out',
    `SELECT id AS "where" FROM payment_instruction
     WHERE "releasedBy" = "preparedBy" OR (state NOT IN ('PREPARED', 'VOIDED') AND "releasedBy" IS NULL)`,
  ),
]

async function instructionsOf({ archive }: Evidence): Promise<Instruction[]> {
  const query = 'SELECT id, state::text AS state, "amountFen"::text AS "amountFen" FROM payment_instruction'
  return (await archive.query<Instruction>(query)).rows
}

function creditsOf(id: string, { bankBook }: Evidence): { times: number; balanceFen: number } {
  const lines = bankBook.filter(({ instructionId }) => instructionId === id)
  const credited = lines.filter(({ kind }) => kind === 'credited')
  const reversed = lines.filter(({ kind }) => kind === 'reversed')
  return { times: credited.length, balanceFen: sum(credited) - sum(reversed) }
}

function sum(lines: readonly { amountFen?: number }[]): number {
  return lines.reduce((total, { amountFen = 0 }) => total + amountFen, 0)
}
