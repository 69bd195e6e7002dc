import type { CaseView } from '../../api/assistance-cases/case-contract.ts'
import type { Stage } from '../../domain/procedures/words.ts'
import type { Household } from './household.ts'
import type { Clerk } from './people/clerk.ts'
import type { Approver, CountyHandler, FinanceOfficer } from './people/county.ts'
import type { CaseInHand } from './people/officer.ts'
import type { TownshipHandler, TownshipLeader } from './people/township.ts'

/** The people of one township or sub-district. */
export type Township = {
  clerk: Clerk
  clerks: Clerk[]
  handler: TownshipHandler
  otherHandler: TownshipHandler
  leader: TownshipLeader
  otherLeader: TownshipLeader
}

/** Who walks cases along their usual course, and what makes time pass for them. */
export type Company = {
  readonly beijie: Township
  readonly county: { handler: CountyHandler; approver: Approver }
  readonly finance: { preparer: FinanceOfficer; releaser: FinanceOfficer }
  aHousehold(): Household
  daysPass(days: number): Promise<void>
  untilMatched(aCase: CaseInHand): Promise<CaseView>
  untilStage(aCase: CaseInHand, stage: Stage): Promise<CaseView>
}
