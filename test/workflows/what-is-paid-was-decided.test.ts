import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HoldReason } from '../../domain/vocabulary.ts'
import { payeeView } from '../../api/views/payee-view.ts'
import type { Asker } from '../../api/identity.ts'
import { keepPayeeAccount } from '../../prisma/stores/payee-accounts.ts'
import { readClock } from '../../prisma/stores/clock.ts'
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
  const caseId = await caseAtCounty(room)
  const signed = async (officer: { id: string }) => ({
    assessmentId: await room.assessment(officer, caseId),
    category: null,
    unknownSources: [],
  })
  const reviewed = { ...(await signed(staff.countyHandler)), agrees: true }
  await room.act(staff.countyHandler, caseId, {
    action: 'REVIEW_FILE',
    details: reviewed,
    papers: [['OPINION', '同意']],
  })
  const confirmed = await signed(staff.approver)
  await room.act(staff.approver, caseId, { action: 'CONFIRM', details: confirmed, papers: [['OPINION', '同意']] })
  await room.act(staff.financeOfficer, caseId, { action: 'PREPARE_PAYMENT' })
  await room.timePasses(32 * 86_400_000)
  return caseId
}

const released = (caseId: string) => room.act(staff.otherFinanceOfficer, caseId, { action: 'RELEASE_PAYMENT' })

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
const ofCase = (caseId: string) => `"caseId" = '${caseId}'`

type Tampering = {
  what: string
  reason: HoldReason
  change: (caseId: string) => string[]
  undo: (caseId: string) => string[]
}

const paperOf = (caseId: string) =>
  `id = (SELECT data->>'assessmentId' FROM case_event WHERE ${ofCase(caseId)} AND type = 'CONFIRMED')`

/** What somebody with the owner's rights may do to a payment between its release and its sending. */
const tamperings: Tampering[] = [
  {
    what: 'the amount of the instruction',
    reason: 'INSTRUCTION_DIFFERS',
    change: (caseId) => [`UPDATE payment_instruction SET "amountFen" = 777700 WHERE ${ofCase(caseId)}`],
    undo: (caseId) => [`UPDATE payment_instruction SET "amountFen" = 70000 WHERE ${ofCase(caseId)}`],
  },
  {
    what: 'the account of the instruction, to another household’s',
    reason: 'INSTRUCTION_DIFFERS',
    change: (caseId) => [
      `UPDATE payment_instruction SET "accountId" = (SELECT id FROM payee_account WHERE ${ofCase(other)} LIMIT 1) WHERE ${ofCase(caseId)}`,
    ],
    undo: (caseId) => [
      `UPDATE payment_instruction SET "accountId" = (SELECT id FROM payee_account WHERE ${ofCase(caseId)}) WHERE ${ofCase(caseId)}`,
    ],
  },
  {
    what: 'the holder of the account',
    reason: 'ACCOUNT_DIFFERS',
    change: (caseId) => [`UPDATE payee_account SET "holderName" = '乙' WHERE ${ofCase(caseId)}`],
    undo: (caseId) => [`UPDATE payee_account SET "holderName" = '甲' WHERE ${ofCase(caseId)}`],
  },
  {
    what: 'the sealed number, swapped with another household’s',
    reason: 'ACCOUNT_DIFFERS',
    change: (caseId) => [
      `CREATE TABLE IF NOT EXISTS kept_account AS SELECT * FROM payee_account WHERE false`,
      `DELETE FROM kept_account`,
      `INSERT INTO kept_account SELECT * FROM payee_account WHERE ${ofCase(caseId)}`,
      `UPDATE payee_account SET "numberCipher" = (SELECT "numberCipher" FROM payee_account WHERE ${ofCase(other)} LIMIT 1)
       WHERE ${ofCase(caseId)}`,
    ],
    undo: (caseId) => [
      `UPDATE payee_account a SET "numberCipher" = k."numberCipher" FROM kept_account k WHERE k.id = a.id AND a.${ofCase(caseId)}`,
    ],
  },
  {
    what: 'the sealed number, so that it names a key that we never had',
    reason: 'ACCOUNT_DIFFERS',
    change: (caseId) => [
      `CREATE TABLE IF NOT EXISTS kept_account AS SELECT * FROM payee_account WHERE false`,
      `DELETE FROM kept_account`,
      `INSERT INTO kept_account SELECT * FROM payee_account WHERE ${ofCase(caseId)}`,
      `UPDATE payee_account SET "numberCipher" = set_byte("numberCipher", 2, 90) WHERE ${ofCase(caseId)}`,
    ],
    undo: (caseId) => [
      `UPDATE payee_account a SET "numberCipher" = k."numberCipher" FROM kept_account k WHERE k.id = a.id AND a.${ofCase(caseId)}`,
    ],
  },
  {
    what: 'whose account it is',
    reason: 'ACCOUNT_DIFFERS',
    change: (caseId) => [`UPDATE payee_account SET "caseId" = 'nobody' WHERE ${ofCase(caseId)}`],
    undo: (caseId) => [
      `UPDATE payee_account SET ${ofCase(caseId)} WHERE id = (SELECT "accountId" FROM payment_instruction WHERE ${ofCase(caseId)})`,
    ],
  },
  {
    what: 'the line of the instruction',
    reason: 'INSTRUCTION_DIFFERS',
    change: (caseId) => [
      `UPDATE payment_instruction SET "lineId" = (SELECT id FROM payment_line WHERE ${ofCase(other)}), issue = 9 WHERE ${ofCase(caseId)}`,
    ],
    undo: (caseId) => [
      `UPDATE payment_instruction SET "lineId" = (SELECT id FROM payment_line WHERE ${ofCase(caseId)}), issue = 1 WHERE ${ofCase(caseId)}`,
    ],
  },
  {
    what: 'the amount of the line',
    reason: 'LINE_DIFFERS',
    change: (caseId) => [`UPDATE payment_line SET "amountFen" = 777700 WHERE ${ofCase(caseId)}`],
    undo: (caseId) => [`UPDATE payment_line SET "amountFen" = 70000 WHERE ${ofCase(caseId)}`],
  },
  {
    what: 'the month',
    reason: 'LINE_DIFFERS',
    change: (caseId) => [`UPDATE payment_line SET month = '2031-01' WHERE ${ofCase(caseId)}`],
    undo: (caseId) => [
      `UPDATE payment_line SET month = (SELECT data->>'month' FROM case_event WHERE ${ofCase(caseId)} AND type = 'PAYMENT_PREPARED') WHERE ${ofCase(caseId)}`,
    ],
  },
  {
    what: 'the persons who are paid for',
    reason: 'LINE_DIFFERS',
    change: (caseId) => [
      `UPDATE payment_line_person SET "personId" = 'somebody' WHERE "lineId" IN (SELECT id FROM payment_line WHERE ${ofCase(caseId)})`,
    ],
    undo: (caseId) => [
      `UPDATE payment_line_person SET "personId" = (SELECT "personId" FROM case_person WHERE ${ofCase(caseId)})
       WHERE "lineId" IN (SELECT id FROM payment_line WHERE ${ofCase(caseId)})`,
    ],
  },
  {
    what: 'the amount of the benefit in force',
    reason: 'BENEFIT_DIFFERS',
    change: (caseId) => [
      `UPDATE benefit_version SET "monthlyAmountFen" = 777700 WHERE "benefitId" = (SELECT id FROM benefit WHERE ${ofCase(caseId)})`,
    ],
    undo: (caseId) => [
      `UPDATE benefit_version SET "monthlyAmountFen" = 70000 WHERE "benefitId" = (SELECT id FROM benefit WHERE ${ofCase(caseId)})`,
    ],
  },
  {
    what: 'that the benefit is in force',
    reason: 'BENEFIT_DIFFERS',
    change: (caseId) => [`UPDATE benefit SET active = false WHERE ${ofCase(caseId)}`],
    undo: (caseId) => [`UPDATE benefit SET active = true WHERE ${ofCase(caseId)}`],
  },
  {
    what: 'a member’s share of the benefit',
    reason: 'BENEFIT_DIFFERS',
    change: (caseId) => [
      `UPDATE benefit_member SET "amountFen" = 1 WHERE "benefitId" = (SELECT id FROM benefit WHERE ${ofCase(caseId)})`,
    ],
    undo: (caseId) => [
      `UPDATE benefit_member SET "amountFen" = 70000 WHERE "benefitId" = (SELECT id FROM benefit WHERE ${ofCase(caseId)})`,
    ],
  },
  {
    what: 'the paper of the signed assessment',
    reason: 'ASSESSMENT_DIFFERS',
    change: (caseId) => [
      `CREATE TABLE IF NOT EXISTS kept_paper AS SELECT * FROM paper WHERE false`,
      `DELETE FROM kept_paper`,
      `INSERT INTO kept_paper SELECT * FROM paper WHERE ${paperOf(caseId)}`,
      `UPDATE paper SET "bodyCipher" = (SELECT "bodyCipher" FROM paper WHERE ${paperOf(other)}) WHERE ${paperOf(caseId)}`,
    ],
    undo: (caseId) => [
      `UPDATE paper p SET "bodyCipher" = k."bodyCipher" FROM kept_paper k WHERE k.id = p.id AND p.${ofCase(caseId)}`,
    ],
  },
  {
    what: 'the amount in the event of the preparation, with instruction and line',
    reason: 'DECISION_DIFFERS',
    change: (caseId) => [
      `UPDATE case_event SET data = data || '{"amountFen": 777700}' WHERE ${ofCase(caseId)} AND type = 'PAYMENT_PREPARED'`,
      `UPDATE payment_instruction SET "amountFen" = 777700 WHERE ${ofCase(caseId)}`,
      `UPDATE payment_line SET "amountFen" = 777700 WHERE ${ofCase(caseId)}`,
    ],
    undo: (caseId) => [
      `UPDATE case_event SET data = data || '{"amountFen": 70000}' WHERE ${ofCase(caseId)} AND type = 'PAYMENT_PREPARED'`,
      `UPDATE payment_instruction SET "amountFen" = 70000 WHERE ${ofCase(caseId)}`,
      `UPDATE payment_line SET "amountFen" = 70000 WHERE ${ofCase(caseId)}`,
    ],
  },
  {
    what: 'every row and every event of the amount alike',
    reason: 'RELEASE_DIFFERS',
    change: (caseId) => everyAmount(caseId, 777_700),
    undo: (caseId) => everyAmount(caseId, 70_000),
  },
]

function everyAmount(caseId: string, fen: number): string[] {
  const benefit = `"benefitId" = (SELECT id FROM benefit WHERE ${ofCase(caseId)})`
  return [
    `UPDATE case_event SET data = data || '{"amountFen": ${fen}}' WHERE ${ofCase(caseId)} AND data ? 'amountFen'`,
    `UPDATE payment_instruction SET "amountFen" = ${fen} WHERE ${ofCase(caseId)}`,
    `UPDATE payment_line SET "amountFen" = ${fen} WHERE ${ofCase(caseId)}`,
    `UPDATE benefit_version SET "monthlyAmountFen" = ${fen} WHERE ${benefit}`,
    `UPDATE benefit_member SET "amountFen" = ${fen} WHERE ${benefit}`,
  ]
}

describe('what somebody changes in the archive between release and sending', () => {
  let caseId: string
  let before: number

  beforeAll(async () => {
    caseId = await decided()
    before = await acceptedByBank()
    // The sending fails until it is let through, so that there is a time between release and sending.
    await room.bank.direct('PUT', '/faults', { faults: { queryError500: true } })
    expect(await released(caseId)).toMatchObject({ outcome: 'FILED' })
  })

  it.each(tamperings)('is found and not paid: $what', async ({ reason, change, undo }) => {
    await tamper(change(caseId))
    await room.bank.direct('PUT', '/faults', { faults: {} })
    await room.timePasses(3_700_000)
    await room.until(caseId, ({ instruction }) => instruction?.heldFor.includes(reason) === true)
    const alarms = await rowsOf(`SELECT kind FROM alarm WHERE ${ofCase(caseId)} AND "clearedAt" IS NULL`)
    expect(alarms).toEqual([{ kind: 'PAYMENT_HELD' }])
    expect(await acceptedByBank()).toBe(before)
    await tamper(undo(caseId))
  })

  it('goes out as it was decided once the archive is put right, and the alarm is over', async () => {
    await room.timePasses(3_700_000)
    await room.until(caseId, ({ instruction }) => instruction?.state === 'SENT' || instruction?.state === 'PAID')
    await room.timePasses(3_700_000)
    await room.until(caseId, ({ outcome }) => outcome === 'GRANTED')
    expect(await rowsOf(`SELECT kind FROM alarm WHERE ${ofCase(caseId)} AND "clearedAt" IS NULL`)).toEqual([])
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
    const caseId = await decided()
    await room.bank.direct('PUT', '/faults', { faults: { queryError500: true } })
    await released(caseId)
    await tamper([
      `UPDATE case_event SET data = data - 'digest' - 'accountDigest', "typeVersion" = 1 WHERE ${ofCase(caseId)}`,
    ])
    await room.bank.direct('PUT', '/faults', { faults: {} })
    await room.timePasses(3_700_000)
    await room.until(caseId, ({ instruction }) => instruction?.state === 'SENT' || instruction?.state === 'PAID')
    await room.timePasses(3_700_000)
    await room.until(caseId, ({ outcome }) => outcome === 'GRANTED')
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
          `SELECT end_benefit((SELECT "caseId" FROM benefit LIMIT 1))`,
          `UPDATE benefit_version SET "monthlyAmountFen" = 1`,
          `UPDATE benefit_member SET "amountFen" = 1`,
          `UPDATE case_event SET data = '{}'`,
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
    const caseId = await decided()
    const { accountNumber } = await room.accountOf(caseId)
    await room.bank.direct('PUT', `/accounts/${accountNumber}`, { outcome: 'RETURNED', reason: 'ACCOUNT_CLOSED' })
    await released(caseId)
    await room.timePasses(3_700_000)
    await room.until(caseId, ({ instruction }) => instruction?.state === 'RETURNED')
    return caseId
  }

  async function corrects(caseId: string, accountNumber: string, holderName = '甲'): Promise<string> {
    const accountId = randomUUID()
    const account = { accountId, caseId, countyId: 'qingyang-xifeng', holderName, bankName: '农商行', accountNumber }
    await keepPayeeAccount(room.archive, { ...account, now: await readClock(room.archive.db) })
    const answer = await room.act(staff.handler, caseId, { action: 'CORRECT_ACCOUNT', details: { accountId } })
    expect(answer).toMatchObject({ outcome: 'FILED' })
    return accountId
  }

  it('is checked with the bank, agreed to by a second officer, prepared anew, looked at and paid', async () => {
    const caseId = await returned()
    await room.act(staff.financeOfficer, caseId, { action: 'PREPARE_PAYMENT' })
    const wrong = anAccountNumber('wrong holder')
    await room.bank.direct('PUT', `/accounts/${wrong}`, { outcome: 'PAID', holderName: '乙' })
    const wrongId = await corrects(caseId, wrong)
    await room.until(caseId, ({ proposedAccount }) => proposedAccount?.checked === 'NAME_MISMATCH')
    const agreeTo = (accountId: string) =>
      room.act(staff.leader, caseId, { action: 'AGREE_ACCOUNT', details: { accountId } })
    expect(await agreeTo(wrongId)).toMatchObject({ outcome: 'REFUSED', code: 'accountNotMatched' })

    const accountId = await corrects(caseId, anAccountNumber('right holder'))
    await room.until(caseId, ({ proposedAccount }) => proposedAccount?.checked === 'MATCHES')
    expect(await room.act(staff.financeOfficer, caseId, { action: 'PREPARE_PAYMENT' })).toMatchObject({
      code: 'accountAwaitsAgreement',
    })
    expect(await agreeTo(accountId)).toMatchObject({ outcome: 'FILED' })
    expect(await room.act(staff.financeOfficer, caseId, { action: 'PREPARE_PAYMENT' })).toMatchObject({
      outcome: 'FILED',
    })
    expect(await rowsOf(`SELECT issue, state FROM payment_instruction WHERE ${ofCase(caseId)} ORDER BY issue`)).toEqual(
      [
        { issue: 1, state: 'RETURNED' },
        { issue: 2, state: 'VOIDED' },
        { issue: 3, state: 'PREPARED' },
      ],
    )
    expect(await released(caseId)).toMatchObject({ outcome: 'REFUSED', code: 'accountNotSeen' })
    const seen = await payeeView(room.archive, caseId, askerOf(staff.otherFinanceOfficer))
    expect(seen).toMatchObject({ accountId, accountNumber: anAccountNumber('right holder'), holderName: '甲' })
    const looks = `SELECT "officerId", action, detail->>'account' AS account FROM audit_record WHERE subject = '${caseId}' AND action = 'VIEW_PAYEE'`
    expect(await rowsOf(looks)).toEqual([
      { officerId: staff.otherFinanceOfficer.id, action: 'VIEW_PAYEE', account: accountId },
    ])
    const seenDigest = seen.payment?.seenDigest as string
    const release = { action: 'RELEASE_PAYMENT' as const, details: { seenDigest } }
    expect(
      await room.act(staff.otherFinanceOfficer, caseId, { ...release, details: { seenDigest: 'other' } }),
    ).toMatchObject({
      code: 'paymentChangedSinceSeen',
    })
    expect(await room.act(staff.otherFinanceOfficer, caseId, release)).toMatchObject({ outcome: 'FILED' })
    await room.timePasses(3_700_000)
    await room.until(caseId, ({ outcome }) => outcome === 'GRANTED')
  })
})
