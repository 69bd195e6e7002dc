import type { CaseEventData } from '../../../domain/procedures/assistance-case/facts.ts'
import { firstDayOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import type { ApplicationRow } from '../matter/case-in-view.ts'
import { rowOfDay, rowOfInstant } from '../system/rows.ts'

/** What a benefit rests on: the signed assessment's shares and the versions of the rules it used. */
export type BenefitBasis = {
  perMember: readonly { personId: string; amountFen: number }[]
  ruleVersion: string
  parameterVersion: string
  reviewKind: 'ANNUAL' | 'HALF_YEARLY'
}

/** Puts a benefit in force with its first version, its members' shares and its one open review. */
export async function openBenefit(
  db: Db,
  row: ApplicationRow,
  data: CaseEventData['CONFIRMED'],
  basis: BenefitBasis,
  now: Instant,
): Promise<void> {
  const { benefitId } = data
  const { countyId, programme, placeId, residenceKind } = row
  const versionId = `${benefitId}.1`
  const nextReviewOn = rowOfDay(data.nextReviewOn)
  await db.benefit.create({
    data: {
      id: benefitId,
      matterId: row.id,
      programme,
      placeId,
      countyId,
      residenceKind,
      nextReviewOn,
      active: true,
      firstMonth: data.firstMonth,
      createdAt: rowOfInstant(now),
    },
  })
  await db.matter.update({ where: { id: row.id }, data: { benefitId } })
  await db.benefitVersion.create({
    data: {
      id: versionId,
      benefitId,
      countyId,
      validFrom: rowOfDay(firstDayOf(data.firstMonth)),
      knownFrom: rowOfInstant(now),
      monthlyAmountFen: BigInt(data.amountFen),
      category: data.category,
      ruleVersion: basis.ruleVersion,
      parameterVersion: basis.parameterVersion,
      assessmentId: data.assessmentId,
    },
  })
  await db.benefitMember.createMany({
    data: basis.perMember.map(({ personId, amountFen }) => ({
      versionId,
      benefitId,
      personId,
      programme,
      countyId,
      amountFen: BigInt(amountFen),
      active: true,
    })),
  })
  await db.reviewObligation.create({
    data: {
      id: `${benefitId}.${basis.reviewKind}.1`,
      benefitId,
      countyId,
      kind: basis.reviewKind,
      dueOn: nextReviewOn,
      open: true,
      createdAt: rowOfInstant(now),
    },
  })
}

/** A review beside those that come round by themselves; one of a kind is open at a time. */
export async function oweReviewOf(
  db: Db,
  owed: { benefitId: string; countyId: string; kind: 'CHANGE' | 'DEATH'; dueOn: PlainDate; now: Instant },
): Promise<void> {
  const { benefitId, countyId, kind, dueOn, now } = owed
  const row = { benefitId, countyId, kind, dueOn: rowOfDay(dueOn), open: true, createdAt: rowOfInstant(now) }
  await db.reviewObligation.createMany({
    data: [{ id: `${benefitId}.${kind}.${dueOn}`, ...row }],
    skipDuplicates: true,
  })
}

/** Ends the benefit of a case with everything that was still to come of it. @throws where no event of the case ended it. */
export async function endBenefit(db: Db, matterId: string): Promise<void> {
  await db.$executeRaw`SELECT end_benefit(${matterId})`
}
