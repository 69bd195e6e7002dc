import type { MatterEvent } from '../../../domain/matter/facts.ts'
import { countedMembers, type Household } from '../../../domain/household/household.ts'
import type { ApplicationIntake } from '../../../domain/schemas/application-intake.ts'
import { fen } from '../../../domain/money.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { ResidenceKind } from '../../../domain/vocabulary.ts'
import type { Archive, Db } from '../../client.ts'
import { findPaperBody } from '../matter/papers.ts'

/** An application as it was handed in, with our own id for each person; sealed whole, because it holds health facts. */
export type ApplicationPaper = { intake: ApplicationIntake; personIds: string[]; handedInOn: PlainDate }

/** The application that counts: the last one that an event cites. */
export async function readApplication(
  archive: Pick<Archive, 'cipher'> & { db: Db },
  matterId: string,
  events: readonly MatterEvent[],
): Promise<ApplicationPaper & { paperId: string }> {
  const paper = lastPaper(events, 'APPLICATION')
  const body = paper === null ? null : await findPaperBody(archive, matterId, paper.paperId)
  if (paper === null || body === null) throw new Error(`Case ${matterId} has no application paper`)
  return { ...(JSON.parse(body) as ApplicationPaper), paperId: paper.paperId }
}

/** The paper of a kind that an event cited last. */
export function lastPaper(events: readonly MatterEvent[], kind: 'APPLICATION' | 'SURVEY_SHEET') {
  const cited = events.flatMap((event) => event.papers).filter((paper) => paper.kind === kind)
  return cited.at(-1) ?? null
}

/** The household as the rule book sees it. */
export function householdOf(application: ApplicationPaper, placeResidenceKind: ResidenceKind): Household {
  const { intake, personIds, handedInOn } = application
  return {
    placeResidenceKind,
    declaredOn: handedInOn,
    members: intake.members.map((member, index) => ({
      personId: personIds[index] as string,
      relation: member.relation,
      birthDate: member.birthDate,
      hukouPlaceCode: member.hukouPlaceCode,
      residesInHousehold: member.residesInHousehold,
      ...(member.dependentAdultChild === undefined ? {} : { dependentAdultChild: member.dependentAdultChild }),
      ...(member.exclusion === undefined ? {} : { exclusion: member.exclusion }),
      workCapable: member.workCapable,
      income: member.income.map(({ kind, monthlyFen }) => ({ kind, monthlyFen: fen(monthlyFen) })),
      property: member.property.map((item) => ({ ...item, valueFen: fen(item.valueFen) })),
    })),
  }
}

/** Who counts by an application on the day on which it was handed in (57 Art. 7). */
export function countedIn(application: ApplicationPaper): string[] {
  // Urban or rural is nothing that counting asks about.
  return countedMembers(householdOf(application, 'URBAN'), application.handedInOn).map(({ personId }) => personId)
}
