import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { dayOf, instant } from '../../domain/time/plain-date.ts'
import type { CaseView } from '../../api/assistance-cases/case-contract.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import { anAccountNumber } from '../support/numbers.ts'
import { openWorld } from '../support/open-world.ts'

describe('a payment', () => {
  const world = openWorld('payment')
  const { finance, bank } = world
  let cases: CaseInHand[]

  beforeAll(async () => {
    cases = await world.casesAt('FIRST_PAYMENT', 13)
  })

  afterEach(() => bank.recovers())

  it('waits for the month after the decision', async () => {
    const aCase = next()
    await finance.preparer.prepares(aCase)
    await expect(finance.releaser.releases(aCase)).rejects.toMatchObject({ code: 'paymentMonthNotReached' })
    await world.untilPayday(aCase)
    await finance.releaser.releases(aCase)
    await paidOnce(aCase)
    // The bank dates it by the day that the office has, and not before it was sent.
    const { payment } = await world.county.approver.opens(aCase)
    const settledAt = instant(payment?.settledAt ?? '')
    expect(dayOf(settledAt)).toBe(await world.today())
    expect(settledAt >= instant(payment?.sentAt ?? '')).toBe(true)
  })

  it('goes out once when the bank’s answer is lost after the effect', async () => {
    const aCase = next()
    await bank.suffers({ faults: { timeoutAfterEffect: 1 } })
    await release(aCase)
    await paidOnce(aCase)
  })

  it('goes out once when the bank breaks off before anything happened', async () => {
    const aCase = next()
    await bank.suffers({ faults: { cutBeforeEffect: 1 } })
    await release(aCase)
    await world.untilCase(aCase, ({ payment }) => payment?.state === 'SENT', 'lies with the bank')
    await world.workingDaysPass(1)
    await paidOnce(aCase)
  })

  it('is booked once when the callback comes twice', async () => {
    const aCase = next()
    await bank.suffers({ faults: { doubleCallback: true } })
    await release(aCase)
    await paidOnce(aCase)
  })

  it('is booked once when the callback comes before the answer', async () => {
    const aCase = next()
    await bank.suffers({ faults: { earlyCallback: true } })
    await release(aCase)
    await paidOnce(aCase)
  })

  it('is asked for when no callback comes', async () => {
    const aCase = next()
    await bank.suffers({ faults: { lostCallback: true } })
    await release(aCase)
    await world.untilCase(aCase, ({ payment }) => payment?.state === 'SENT', 'lies with the bank')
    await world.workingDaysPass(1)
    await paidOnce(aCase)
  })

  it('that the bank was asked about is not booked again when its callback comes at last', async () => {
    const aCase = next()
    await bank.suffers({ faults: { lateCallbackMs: 4_000 } })
    await release(aCase)
    await world.untilCase(aCase, ({ payment }) => payment?.state === 'SENT', 'lies with the bank')
    await world.workingDaysPass(1)
    await paidOnce(aCase)
    await vi.waitUntil(async () => (await bank.callbacksWaiting()) === 0, { timeout: 20_000, interval: 200 })
    await paidOnce(aCase)
  })

  it('is found again by those who prepared and released it, and among what they have done', async () => {
    const aCase = next()
    await release(aCase)
    await paidOnce(aCase)
    for (const officer of [finance.preparer, finance.releaser]) {
      const { items } = await officer.searches({ identityNumber: aCase.household.applicant.identityNumber })
      expect(items.map(({ matterId }) => matterId)).toEqual([aCase.id])
      const done = await officer.seesWorklist('?status=done&pageSize=100')
      expect(done.items.map(({ matterId }) => matterId)).toContain(aCase.id)
    }
  })

  it('that comes back goes out again under the next number', async () => {
    const aCase = next()
    const { accountNumber } = aCase.household
    await bank.treats(accountNumber, { outcome: 'RETURNED', reason: 'ACCOUNT_CLOSED' })
    await release(aCase)
    const { payment: first } = await world.untilCase(
      aCase,
      ({ payment }) => payment?.state === 'RETURNED',
      'is returned',
    )
    expect(first).toMatchObject({ issue: 1, returnReason: 'ACCOUNT_CLOSED' })

    await bank.treats(accountNumber, { outcome: 'PAID' })
    await release(aCase)
    const { payment: second } = await world.untilStage(aCase, 'CLOSED')
    expect(second).toMatchObject({ issue: 2, state: 'PAID', month: first?.month })
    expect(await bank.creditsOf(first?.instructionId ?? '')).toMatchObject({ times: 0 })
    expect(await bank.creditsOf(second?.instructionId ?? '')).toMatchObject({ times: 1 })
  })

  it('that comes back after it was paid opens the case again, and goes out to the account that the township put right', async () => {
    const aCase = next()
    await bank.treats(aCase.household.accountNumber, { outcome: 'PAID_THEN_RETURNED', reason: 'ACCOUNT_CLOSED' })
    await release(aCase)
    const { payment: first, holders } = await world.untilCase(
      aCase,
      ({ payment }) => payment?.state === 'RETURNED',
      'is returned after it was paid',
    )
    expect(holders.map(({ role }) => role).sort()).toEqual(['FINANCE_OFFICER', 'TOWNSHIP_HANDLER'])

    const accountNumber = anAccountNumber('another account')
    await world.beijie.handler.correctsAccount(aCase, accountNumber)
    await expect(finance.preparer.prepares(aCase)).rejects.toMatchObject({ code: 'accountAwaitsAgreement' })
    await world.untilCase(aCase, ({ accountCorrection }) => accountCorrection?.checked === 'MATCHES', 'is checked')
    await expect(world.beijie.handler.seesPayee(aCase)).rejects.toMatchObject({ status: 403 })
    expect(await world.beijie.leader.seesPayee(aCase)).toMatchObject({ accountNumber, payment: null })
    await world.beijie.leader.agreesToAccount(aCase)
    await finance.preparer.prepares(aCase)
    await expect(finance.releaser.releases(aCase)).rejects.toMatchObject({ code: 'accountNotSeen' })
    expect(await finance.releaser.seesPayee(aCase)).toMatchObject({ accountNumber, payment: { amountFen: 900_00 } })
    await finance.releaser.looksAndReleases(aCase)
    const { payment: second } = await world.untilStage(aCase, 'CLOSED')
    expect(second).toMatchObject({ issue: 2, state: 'PAID', month: first?.month })
    expect(await bank.creditsOf(second?.instructionId ?? '')).toMatchObject({ times: 1 })
  })

  it('that comes back for the name goes to a passbook under the name as the bank writes it', async () => {
    const aCase = next()
    await bank.treats(aCase.household.accountNumber, { outcome: 'RETURNED', reason: 'NAME_MISMATCH' })
    await release(aCase)
    await world.untilCase(aCase, ({ payment }) => payment?.state === 'RETURNED', 'is returned')
    const [passbook, nameAtBank] = ['62220207', `${aCase.household.applicant.name}（西峰）`]
    await bank.treats(passbook, { outcome: 'PAID', holderName: nameAtBank })
    await world.beijie.handler.correctsAccount(aCase, passbook, { kind: 'PASSBOOK' })
    const checked = (view: CaseView) => view.accountCorrection?.checked
    await world.untilCase(aCase, (view) => checked(view) === 'NAME_MISMATCH', 'is found under another name')

    await world.beijie.handler.correctsAccount(aCase, passbook, { kind: 'PASSBOOK', nameAtBank })
    const { accountCorrection } = await world.untilCase(aCase, (view) => checked(view) === 'MATCHES', 'is checked')
    expect(accountCorrection).toMatchObject({ nameAtBank, kindLabel: '存折', numberTail: '07', warning: null })
    await world.beijie.leader.agreesToAccount(aCase)
    await finance.preparer.prepares(aCase)
    expect(await finance.releaser.seesPayee(aCase)).toMatchObject({ holderName: nameAtBank, accountNumber: passbook })
    await finance.releaser.looksAndReleases(aCase)
    const { payment } = await world.untilStage(aCase, 'CLOSED')
    expect(await bank.creditsOf(payment?.instructionId ?? '')).toMatchObject({ times: 1 })
  })

  it('to somebody who has died goes to another of the household, to no other card of theirs, and a review is owed', async () => {
    const aCase = next()
    await bank.treats(aCase.household.accountNumber, { outcome: 'RETURNED', reason: 'DECEASED' })
    await release(aCase)
    await world.untilCase(aCase, ({ payment }) => payment?.state === 'RETURNED', 'is returned')
    const { handler, leader } = world.beijie
    await expect(finance.preparer.prepares(aCase)).rejects.toMatchObject({ code: 'payeeDeceased' })
    const theirs = handler.correctsAccount(aCase, anAccountNumber('another card of the dead'))
    await expect(theirs).rejects.toMatchObject({ code: 'payeeDeceased' })
    const { benefit } = await handler.opens(aCase)
    expect(benefit?.reviews).toContainEqual(expect.objectContaining({ kind: 'DEATH', label: '死亡核查' }))

    const holderName = aCase.household.members[1]?.name ?? ''
    await handler.correctsAccount(aCase, anAccountNumber('of the spouse'), { holderName })
    await world.untilCase(aCase, ({ accountCorrection }) => accountCorrection?.checked === 'MATCHES', 'is checked')
    await leader.agreesToAccount(aCase)
    await finance.preparer.prepares(aCase)
    await finance.releaser.looksAndReleases(aCase)
    await world.untilStage(aCase, 'CLOSED')
  })

  it('to somebody who has died and leaves nobody is not repeated: the benefit ends', async () => {
    const aCase = next()
    await bank.treats(aCase.household.accountNumber, { outcome: 'RETURNED', reason: 'DECEASED' })
    await release(aCase)
    await world.untilCase(aCase, ({ payment }) => payment?.state === 'RETURNED', 'is returned')
    await world.county.approver.endsBenefit(aCase)
    const { case: head, benefit } = await world.untilStage(aCase, 'CLOSED')
    expect([head.outcome, benefit?.active, benefit?.reviews]).toEqual(['GRANTED', false, []])
  })

  function next(): CaseInHand {
    const aCase = cases.shift()
    if (aCase === undefined) throw new Error('One case for each test')
    return aCase
  }

  async function release(aCase: CaseInHand): Promise<void> {
    await world.untilPayday(aCase)
    await finance.preparer.prepares(aCase)
    await finance.releaser.releases(aCase)
  }

  async function paidOnce(aCase: CaseInHand): Promise<void> {
    const { payment, timeline } = await world.untilStage(aCase, 'CLOSED')
    expect(payment).toMatchObject({ state: 'PAID', issue: 1, amountFen: 900_00 })
    expect(await bank.creditsOf(payment?.instructionId ?? '')).toEqual({ times: 1, amountFen: 900_00 })
    expect(timeline.filter(({ type }) => type === 'PAYMENT_PAID')).toHaveLength(1)
  }
})
