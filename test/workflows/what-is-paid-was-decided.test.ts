import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HoldReason } from '../../domain/vocabulary.ts'
import { payeeView } from '../../api/assistance-cases/payee-view.ts'
import type { Asker } from '../../api/http/identity.ts'
import { keepPayeeAccount } from '../../prisma/stores/money/payee-accounts.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { postId } from '../../prisma/seed/people.ts'
import { caseAtCounty, type CaseRoom, openCaseRoom, staff } from '../support/case-room.ts'
import { anAccountNumber } from '../support/numbers.ts'
import { createDatabaseClient, databaseSession } from '../../platform/database-session.ts'

let room: CaseRoom
let owner: pg.Client
let other: string

beforeAll(async () => {
  room = await openCaseRoom()
  owner = createDatabaseClient(room.ownerUrl)
  await owner.connect()
  await room.startWorkers()
  other = await decided()
})

afterAll(async () => {
  await owner?.end()
  await room?.close()
})

/** Confirmed by the county and prepared, at a time at which it may be released. */
async function decided(): Promise<string> {
  const matterId = await caseAtCounty(room)
  const signed = async (officer: { id: string }) => ({
    assessmentId: await room.assessment(officer, matterId),
    category: null,
    unknownSources: [],
  })
  const reviewed = { ...(await signed(staff.countyHandler)), agrees: true }
  await room.act(staff.countyHandler, matterId, {
    action: 'REVIEW_FILE',
    details: reviewed,
    papers: [['OPINION', '同意']],
  })
  const confirmed = await signed(staff.approver)
  await room.act(staff.approver, matterId, { action: 'CONFIRM', details: confirmed, papers: [['OPINION', '同意']] })
  await room.act(staff.financeOfficer, matterId, { action: 'PREPARE_PAYMENT' })
  await room.timePasses(32 * 86_400_000)
  return matterId
}

const released = (matterId: string) => room.act(staff.otherFinanceOfficer, matterId, { action: 'RELEASE_PAYMENT' })

/** Nothing of the archive's own guards is in the way of its owner. */
async function tamper(statements: readonly string[]): Promise<void> {
  await owner.query('BEGIN')
  await owner.query('SET LOCAL session_replication_role = replica')
  for (const statement of statements) await owner.query(statement)
  await owner.query('COMMIT')
}

async function acceptedByBank(): Promise<number> {
  const { lines } = await room.bank.direct<{ lines: { kind: string }[] }>('GET', '/book')
  return lines.filter(({ kind }) => kind === 'accepted').length
}

const askerOf = ({ id, role, office }: (typeof staff)[keyof typeof staff]) =>
  ({ officerId: id, postId: postId({ role, office }), officeId: office, role }) as unknown as Asker

const rowsOf = async (sql: string) => (await owner.query<Record<string, never>>(sql)).rows
const ofCase = (matterId: string) => `"matterId" = '${matterId}'`

type Tampering = {
  what: string
  reason: HoldReason
  change: (matterId: string) => string[]
  undo: (matterId: string) => string[]
}

const paperOf = (matterId: string) =>
  `id = (SELECT data->>'assessmentId' FROM matter_event WHERE ${ofCase(matterId)} AND type = 'CONFIRMED')`

/** What somebody with the owner's rights may do to a payment between its release and its sending. */
const tamperings: Tampering[] = [
  {
    what: 'the amount of the instruction',
    reason: 'INSTRUCTION_DIFFERS',
    change: (matterId) => [`UPDATE payment_instruction SET "amountFen" = 777700 WHERE ${ofCase(matterId)}`],
    undo: (matterId) => [`UPDATE payment_instruction SET "amountFen" = 70000 WHERE ${ofCase(matterId)}`],
  },
  {
    what: 'the account of the instruction, to another household’s',
    reason: 'INSTRUCTION_DIFFERS',
    change: (matterId) => [
      `UPDATE payment_instruction SET "accountId" = (SELECT id FROM payee_account WHERE ${ofCase(other)} LIMIT 1) WHERE ${ofCase(matterId)}`,
    ],
    undo: (matterId) => [
      `UPDATE payment_instruction SET "accountId" = (SELECT id FROM payee_account WHERE ${ofCase(matterId)}) WHERE ${ofCase(matterId)}`,
    ],
  },
  {
    what: 'the holder of the account',
    reason: 'ACCOUNT_DIFFERS',
    change: (matterId) => [`UPDATE payee_account SET "holderName" = '乙' WHERE ${ofCase(matterId)}`],
    undo: (matterId) => [`UPDATE payee_account SET "holderName" = '甲' WHERE ${ofCase(matterId)}`],
  },
  {
    what: 'the sealed number, swapped with another household’s',
    reason: 'ACCOUNT_DIFFERS',
    change: (matterId) => [
      `CREATE TABLE IF NOT EXISTS kept_account AS SELECT * FROM payee_account WHERE false`,
      `DELETE FROM kept_account`,
      `INSERT INTO kept_account SELECT * FROM payee_account WHERE ${ofCase(matterId)}`,
      `UPDATE payee_account SET "numberCipher" = (SELECT "numberCipher" FROM payee_account WHERE ${ofCase(other)} LIMIT 1)
       WHERE ${ofCase(matterId)}`,
    ],
    undo: (matterId) => [
      `UPDATE payee_account a SET "numberCipher" = k."numberCipher" FROM kept_account k WHERE k.id = a.id AND a.${ofCase(matterId)}`,
    ],
  },
  {
    what: 'the sealed number, so that it names a key that we never had',
    reason: 'ACCOUNT_DIFFERS',
    change: (matterId) => [
      `CREATE TABLE IF NOT EXISTS kept_account AS SELECT * FROM payee_account WHERE false`,
      `DELETE FROM kept_account`,
      `INSERT INTO kept_account SELECT * FROM payee_account WHERE ${ofCase(matterId)}`,
      `UPDATE payee_account SET "numberCipher" = set_byte("numberCipher", 2, 90) WHERE ${ofCase(matterId)}`,
    ],
    undo: (matterId) => [
      `UPDATE payee_account a SET "numberCipher" = k."numberCipher" FROM kept_account k WHERE k.id = a.id AND a.${ofCase(matterId)}`,
    ],
  },
  {
    what: 'whose account it is',
    reason: 'ACCOUNT_DIFFERS',
    change: (matterId) => [`UPDATE payee_account SET "matterId" = 'nobody' WHERE ${ofCase(matterId)}`],
    undo: (matterId) => [
      `UPDATE payee_account SET ${ofCase(matterId)} WHERE id = (SELECT "accountId" FROM payment_instruction WHERE ${ofCase(matterId)})`,
    ],
  },
  {
    what: 'the line of the instruction',
    reason: 'INSTRUCTION_DIFFERS',
    change: (matterId) => [
      `UPDATE payment_instruction SET "lineId" = (SELECT id FROM payment_line WHERE ${ofCase(other)}), issue = 9 WHERE ${ofCase(matterId)}`,
    ],
    undo: (matterId) => [
      `UPDATE payment_instruction SET "lineId" = (SELECT id FROM payment_line WHERE ${ofCase(matterId)}), issue = 1 WHERE ${ofCase(matterId)}`,
    ],
  },
  {
    what: 'the amount of the line',
    reason: 'LINE_DIFFERS',
    change: (matterId) => [`UPDATE payment_line SET "amountFen" = 777700 WHERE ${ofCase(matterId)}`],
    undo: (matterId) => [`UPDATE payment_line SET "amountFen" = 70000 WHERE ${ofCase(matterId)}`],
  },
  {
    what: 'the month',
    reason: 'LINE_DIFFERS',
    change: (matterId) => [`UPDATE payment_line SET month = '2031-01' WHERE ${ofCase(matterId)}`],
    undo: (matterId) => [
      `UPDATE payment_line SET month = (SELECT data->>'month' FROM matter_event WHERE ${ofCase(matterId)} AND type = 'PAYMENT_PREPARED') WHERE ${ofCase(matterId)}`,
    ],
  },
  {
    what: 'the persons who are paid for',
    reason: 'LINE_DIFFERS',
    change: (matterId) => [
      `UPDATE payment_line_person SET "personId" = 'somebody' WHERE "lineId" IN (SELECT id FROM payment_line WHERE ${ofCase(matterId)})`,
    ],
    undo: (matterId) => [
      `UPDATE payment_line_person SET "personId" = (SELECT "personId" FROM matter_person WHERE ${ofCase(matterId)})
       WHERE "lineId" IN (SELECT id FROM payment_line WHERE ${ofCase(matterId)})`,
    ],
  },
  {
    what: 'the amount of the benefit in force',
    reason: 'BENEFIT_DIFFERS',
    change: (matterId) => [
      `UPDATE benefit_version SET "monthlyAmountFen" = 777700 WHERE "benefitId" = (SELECT id FROM benefit WHERE ${ofCase(matterId)})`,
    ],
    undo: (matterId) => [
      `UPDATE benefit_version SET "monthlyAmountFen" = 70000 WHERE "benefitId" = (SELECT id FROM benefit WHERE ${ofCase(matterId)})`,
    ],
  },
  {
    what: 'that the benefit is in force',
    reason: 'BENEFIT_DIFFERS',
    change: (matterId) => [`UPDATE benefit SET active = false WHERE ${ofCase(matterId)}`],
    undo: (matterId) => [`UPDATE benefit SET active = true WHERE ${ofCase(matterId)}`],
  },
  {
    what: 'a member’s share of the benefit',
    reason: 'BENEFIT_DIFFERS',
    change: (matterId) => [
      `UPDATE benefit_member SET "amountFen" = 1 WHERE "benefitId" = (SELECT id FROM benefit WHERE ${ofCase(matterId)})`,
    ],
    undo: (matterId) => [
      `UPDATE benefit_member SET "amountFen" = 70000 WHERE "benefitId" = (SELECT id FROM benefit WHERE ${ofCase(matterId)})`,
    ],
  },
  {
    what: 'the paper of the signed assessment',
    reason: 'ASSESSMENT_DIFFERS',
    change: (matterId) => [
      `CREATE TABLE IF NOT EXISTS kept_paper AS SELECT * FROM paper WHERE false`,
      `DELETE FROM kept_paper`,
      `INSERT INTO kept_paper SELECT * FROM paper WHERE ${paperOf(matterId)}`,
      `UPDATE paper SET "bodyCipher" = (SELECT "bodyCipher" FROM paper WHERE ${paperOf(other)}) WHERE ${paperOf(matterId)}`,
    ],
    undo: (matterId) => [
      `UPDATE paper p SET "bodyCipher" = k."bodyCipher" FROM kept_paper k WHERE k.id = p.id AND p.${ofCase(matterId)}`,
    ],
  },
  {
    what: 'the amount in the event of the preparation, with instruction and line',
    reason: 'DECISION_DIFFERS',
    change: (matterId) => [
      `UPDATE matter_event SET data = data || '{"amountFen": 777700}' WHERE ${ofCase(matterId)} AND type = 'PAYMENT_PREPARED'`,
      `UPDATE payment_instruction SET "amountFen" = 777700 WHERE ${ofCase(matterId)}`,
      `UPDATE payment_line SET "amountFen" = 777700 WHERE ${ofCase(matterId)}`,
    ],
    undo: (matterId) => [
      `UPDATE matter_event SET data = data || '{"amountFen": 70000}' WHERE ${ofCase(matterId)} AND type = 'PAYMENT_PREPARED'`,
      `UPDATE payment_instruction SET "amountFen" = 70000 WHERE ${ofCase(matterId)}`,
      `UPDATE payment_line SET "amountFen" = 70000 WHERE ${ofCase(matterId)}`,
    ],
  },
  {
    what: 'every row and every event of the amount alike',
    reason: 'RELEASE_DIFFERS',
    change: (matterId) => everyAmount(matterId, 777_700),
    undo: (matterId) => everyAmount(matterId, 70_000),
  },
]

function everyAmount(matterId: string, fen: number): string[] {
  const benefit = `"benefitId" = (SELECT id FROM benefit WHERE ${ofCase(matterId)})`
  return [
    `UPDATE matter_event SET data = data || '{"amountFen": ${fen}}' WHERE ${ofCase(matterId)} AND data ? 'amountFen'`,
    `UPDATE payment_instruction SET "amountFen" = ${fen} WHERE ${ofCase(matterId)}`,
    `UPDATE payment_line SET "amountFen" = ${fen} WHERE ${ofCase(matterId)}`,
    `UPDATE benefit_version SET "monthlyAmountFen" = ${fen} WHERE ${benefit}`,
    `UPDATE benefit_member SET "amountFen" = ${fen} WHERE ${benefit}`,
  ]
}

describe('what somebody changes in the archive between release and sending', () => {
  let matterId: string
  let before: number

  beforeAll(async () => {
    matterId = await decided()
    before = await acceptedByBank()
    // The sending fails until it is let through, so that there is a time between release and sending.
    await room.bank.direct('PUT', '/faults', { faults: { queryError500: true } })
    expect(await released(matterId)).toMatchObject({ outcome: 'FILED' })
  })

  it.each(tamperings)('is found and not paid: $what', async ({ reason, change, undo }) => {
    await tamper(change(matterId))
    await room.bank.direct('PUT', '/faults', { faults: {} })
    await room.timePasses(3_700_000)
    await room.until(matterId, ({ instruction }) => instruction?.heldFor.includes(reason) === true)
    const alarms = await rowsOf(`SELECT kind FROM alarm WHERE ${ofCase(matterId)} AND "clearedAt" IS NULL`)
    expect(alarms).toEqual([{ kind: 'PAYMENT_HELD' }])
    expect(await acceptedByBank()).toBe(before)
    await tamper(undo(matterId))
  })

  it('goes out as it was decided once the archive is put right, and the alarm is over', async () => {
    await room.timePasses(3_700_000)
    await room.until(matterId, ({ instruction }) => instruction?.state === 'SENT' || instruction?.state === 'PAID')
    await room.timePasses(3_700_000)
    await room.until(matterId, ({ outcome }) => outcome === 'GRANTED')
    expect(await rowsOf(`SELECT kind FROM alarm WHERE ${ofCase(matterId)} AND "clearedAt" IS NULL`)).toEqual([])
    const { lines } = await room.bank.direct<{ lines: { kind: string; amountFen?: number }[] }>('GET', '/book')
    expect(lines.filter(({ kind }) => kind === 'credited')).toMatchObject([{ amountFen: 70_000 }])
  })
})

describe('what somebody changes before the release', () => {
  it.each([tamperings[0]!, tamperings[2]!, tamperings[8]!, tamperings[10]!])(
    'is refused to the releaser: $what',
    async ({ change, undo }) => {
      await tamper(change(other))
      expect(await released(other)).toMatchObject({ outcome: 'REFUSED', code: 'paymentDiffers' })
      await tamper(undo(other))
    },
  )
})

describe('what was released before digests were kept', () => {
  it('goes out by the events of then', async () => {
    const matterId = await decided()
    await room.bank.direct('PUT', '/faults', { faults: { queryError500: true } })
    await released(matterId)
    await tamper([
      `UPDATE matter_event SET data = data - 'digest' - 'accountDigest', "typeVersion" = 1 WHERE ${ofCase(matterId)}`,
    ])
    await room.bank.direct('PUT', '/faults', { faults: {} })
    await room.timePasses(3_700_000)
    await room.until(matterId, ({ instruction }) => instruction?.state === 'SENT' || instruction?.state === 'PAID')
    await room.timePasses(3_700_000)
    await room.until(matterId, ({ outcome }) => outcome === 'GRANTED')
  })
})

describe('the processes themselves', () => {
  const refusedTo = (role: string) =>
    it(`${role} may change none of it`, async () => {
      const client = new pg.Client(databaseSession(room.appUrl, { role }))
      await client.connect()
      try {
        const untouchable = [
          `UPDATE payment_instruction SET "amountFen" = 1`,
          `UPDATE payment_instruction SET "accountId" = 'a'`,
          `UPDATE payment_instruction SET "lineId" = 'l'`,
          `UPDATE payment_instruction SET "preparedBy" = 'p'`,
          `UPDATE payment_line SET "amountFen" = 1`,
          `UPDATE payment_line SET month = '2031-01'`,
          `UPDATE payee_account SET "holderName" = '乙'`,
          `UPDATE payee_account SET "numberCipher" = ''`,
          `UPDATE benefit SET active = false`,
          `SELECT end_benefit((SELECT "matterId" FROM benefit LIMIT 1))`,
          `UPDATE benefit_version SET "monthlyAmountFen" = 1`,
          `UPDATE benefit_member SET "amountFen" = 1`,
          `UPDATE matter_event SET data = '{}'`,
          `UPDATE paper SET "bodyCipher" = NULL`,
          `UPDATE journal_posting SET "amountFen" = 1`,
          `UPDATE officer SET "passwordHash" = 'x'`,
          `DELETE FROM payment_instruction`,
        ]
        for (const statement of untouchable)
          await expect(client.query(statement), statement).rejects.toThrow(/permission denied|nobody has ended/)
      } finally {
        await client.end()
      }
    })
  refusedTo('jiuzhu_api')
  refusedTo('jiuzhu_worker')
  refusedTo('jiuzhu_app')
})

describe('an account that is put right after the decision', () => {
  /** Paid out once and sent back by the bank. */
  async function returned(): Promise<string> {
    const matterId = await decided()
    const { accountNumber } = await room.accountOf(matterId)
    await room.bank.direct('PUT', `/accounts/${accountNumber}`, { outcome: 'RETURNED', reason: 'ACCOUNT_CLOSED' })
    await released(matterId)
    await room.timePasses(3_700_000)
    await room.until(matterId, ({ instruction }) => instruction?.state === 'RETURNED')
    return matterId
  }

  async function corrects(matterId: string, accountNumber: string, holderName = '甲'): Promise<string> {
    const accountId = randomUUID()
    const account = { accountId, matterId, countyId: 'qingyang-xifeng', holderName, bankName: '农商行', accountNumber }
    await keepPayeeAccount(room.archive, { ...account, now: await readClock(room.archive.db) })
    const answer = await room.act(staff.handler, matterId, { action: 'CORRECT_ACCOUNT', details: { accountId } })
    expect(answer).toMatchObject({ outcome: 'FILED' })
    return accountId
  }

  it('is checked with the bank, agreed to by a second officer, prepared anew, looked at and paid', async () => {
    const matterId = await returned()
    await room.act(staff.financeOfficer, matterId, { action: 'PREPARE_PAYMENT' })
    const wrong = anAccountNumber('wrong holder')
    await room.bank.direct('PUT', `/accounts/${wrong}`, { outcome: 'PAID', holderName: '乙' })
    const wrongId = await corrects(matterId, wrong)
    await room.until(matterId, ({ proposedAccount }) => proposedAccount?.checked === 'NAME_MISMATCH')
    const agreeTo = (accountId: string) =>
      room.act(staff.leader, matterId, { action: 'AGREE_ACCOUNT', details: { accountId } })
    expect(await agreeTo(wrongId)).toMatchObject({ outcome: 'REFUSED', code: 'accountNotMatched' })

    const accountId = await corrects(matterId, anAccountNumber('right holder'))
    await room.until(matterId, ({ proposedAccount }) => proposedAccount?.checked === 'MATCHES')
    expect(await room.act(staff.financeOfficer, matterId, { action: 'PREPARE_PAYMENT' })).toMatchObject({
      code: 'accountAwaitsAgreement',
    })
    expect(await agreeTo(accountId)).toMatchObject({ outcome: 'FILED' })
    expect(await room.act(staff.financeOfficer, matterId, { action: 'PREPARE_PAYMENT' })).toMatchObject({
      outcome: 'FILED',
    })
    expect(
      await rowsOf(`SELECT issue, state FROM payment_instruction WHERE ${ofCase(matterId)} ORDER BY issue`),
    ).toEqual([
      { issue: 1, state: 'RETURNED' },
      { issue: 2, state: 'VOIDED' },
      { issue: 3, state: 'PREPARED' },
    ])
    expect(await released(matterId)).toMatchObject({ outcome: 'REFUSED', code: 'accountNotSeen' })
    const seen = await payeeView(room.archive, matterId, askerOf(staff.otherFinanceOfficer))
    expect(seen).toMatchObject({ accountId, accountNumber: anAccountNumber('right holder'), holderName: '甲' })
    const looks = `SELECT "officerId", action, detail->>'account' AS account FROM audit_record WHERE subject = '${matterId}' AND action = 'VIEW_PAYEE'`
    expect(await rowsOf(looks)).toEqual([
      { officerId: staff.otherFinanceOfficer.id, action: 'VIEW_PAYEE', account: accountId },
    ])
    const seenDigest = seen.payment?.seenDigest as string
    const release = { action: 'RELEASE_PAYMENT' as const, details: { seenDigest } }
    expect(
      await room.act(staff.otherFinanceOfficer, matterId, { ...release, details: { seenDigest: 'other' } }),
    ).toMatchObject({
      code: 'paymentChangedSinceSeen',
    })
    expect(await room.act(staff.otherFinanceOfficer, matterId, release)).toMatchObject({ outcome: 'FILED' })
    await room.timePasses(3_700_000)
    await room.until(matterId, ({ outcome }) => outcome === 'GRANTED')
  })
})
