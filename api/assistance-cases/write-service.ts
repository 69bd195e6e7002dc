import { isSameName } from '../../domain/household/comparable-name.ts'
import { isMinor } from '../../domain/household/household.ts'
import { addDays, inChinese } from '../../domain/time/plain-date.ts'
import { readApplication } from '../../prisma/stores/household/applications.ts'
import { parametersOfCase } from '../../prisma/stores/matter/parameters-of-matter.ts'
import type { Fault } from '../http/nouns.ts'
import { inputFault } from '../http/problem.ts'
import type { Desk, IntakeOf, WrittenAct } from '../matters/written-act.ts'

type Service = IntakeOf<'SERVE_REFUSAL'>['service']

/**
 * How the letter reached the household, with its proof. Handed to a stranger or to a child it is not served; the days for an
 * objection run from service (Social Assistance Law Art. 76).
 */
export async function writeService(
  { service }: IntakeOf<'SERVE_REFUSAL'>,
  desk: Desk,
): Promise<WrittenAct<'SERVE_REFUSAL'>> {
  const faults = await faultsOfService(service, desk)
  if (faults.length > 0) throw inputFault(faults)
  const receivedAs = service.manner === 'IN_PERSON' ? { receivedAs: service.receivedAs } : {}
  return {
    details: { manner: service.manner, ...receivedAs },
    drafts: [{ kind: 'REASON', body: service }],
    citedPaperIds: [],
  }
}

async function faultsOfService(service: Service, desk: Desk): Promise<Fault[]> {
  const at = (field: string, message: string): Fault[] => [{ path: ['service', field], message }]
  if (service.manner === 'BY_NOTICE') {
    const through = addDays(
      service.noticeFrom,
      parametersOfCase(desk.reading, desk.occurredOn).get('service.noticeDays'),
    )
    return desk.occurredOn >= through
      ? []
      : at('noticeFrom', `公告期满${inChinese(through)}后才算送达，请在期满后登记。`)
  }
  const { reading, occurredOn } = desk
  const { intake } = await readApplication(reading, reading.row.id, reading.events)
  const recipient = intake.members.find(({ name }) => isSameName(name, service.recipient))
  if (service.manner === 'IN_PERSON' && service.receivedAs === 'AGENT')
    return service.basis === undefined ? at('basis', '请填写代理人的授权依据（委托书等）。') : []
  if (recipient === undefined)
    return at('recipient', '受送达人不是申请家庭成员，交给家庭以外的人不算送达；交给委托代理人的，请填写授权依据。')
  if (isMinor(recipient.birthDate, occurredOn)) return at('recipient', '受送达人是未成年人，应送达给成年家庭成员。')
  if (service.manner === 'IN_PERSON' && service.receivedAs === 'SELF' && recipient.relation !== 'APPLICANT')
    return at('receivedAs', '签收人不是申请人本人，请选择“同住成年家属”。')
  if (service.manner === 'IN_PERSON' && service.receivedAs === 'ADULT_MEMBER' && !recipient.residesInHousehold)
    return at('recipient', '签收人不与申请家庭共同居住，不算送达。')
  return []
}
