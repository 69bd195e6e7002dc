import { dayOf, type PlainDate } from '../../domain/time/plain-date.ts'
import type { ResidenceKind } from '../../domain/vocabulary.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { type ApplicationPaper, countedIn } from '../../prisma/stores/household/applications.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { nameIndexOf } from '../../prisma/stores/household/member-names.ts'
import { freeCaseNumber, isDraftWritten, writeDraft } from '../../prisma/stores/matter/new-cases.ts'
import { keepPaper } from '../../prisma/stores/matter/papers.ts'
import { keepPayeeAccount } from '../../prisma/stores/money/payee-accounts.ts'
import { personIdFor } from '../../prisma/stores/household/persons.ts'
import { type PlaceStep, readPlaceChain } from '../../prisma/stores/staff/places.ts'
import { findRequest, receiveRequest } from '../../prisma/stores/matter/requests.ts'
import { inOneTransaction } from '../../prisma/stores/system/transaction.ts'
import type { ApplicationIntake } from './act-contract.ts'
import { refuseOtherContent } from '../http/once.ts'
import { refusePapersNotOf } from '../matters/known-papers.ts'
import type { Ask } from '../http/route.ts'
import { placeAt } from '../matters/place-names.ts'

const procedureVersion = 'DIBAO-2021'

type IntakeAsk = Pick<Ask, 'asker' | 'requestId' | 'contentDigest'> & { body: ApplicationIntake }
type Tx = Parameters<Parameters<typeof inOneTransaction>[1]>[0]

/**
 * Writes an application down as the draft of a case, with its request, persons, account and paper, all or nothing. The
 * case's id comes from the request, so that the same application sent twice is one case.
 */
export async function receiveApplication(archive: Archive, ask: IntakeAsk, appliedOn?: PlainDate): Promise<string> {
  const { asker, requestId, contentDigest } = ask
  const matterId = caseIdOfApplication(asker.officerId, requestId)
  const known = await findRequest(archive.db, { officerId: asker.officerId, requestId })
  if (known !== null) refuseOtherContent(known.contentDigest, contentDigest)
  else await inOneTransaction(archive, (db) => writeDown(archive, db, ask, { matterId, appliedOn }))
  return matterId
}

/** The id that the case of an application has, by who sends it under which request. */
export function caseIdOfApplication(officerId: string, requestId: string): string {
  return stableId(officerId, requestId, 'CASE')
}

async function writeDown(
  archive: Archive,
  db: Tx,
  ask: IntakeAsk,
  { matterId, appliedOn }: { matterId: string; appliedOn: PlainDate | undefined },
): Promise<void> {
  const { asker, requestId, contentDigest, body: intake } = ask
  const { officerId, postId } = asker
  const now = await readClock(db)
  const occurredOn = appliedOn ?? dayOf(now)
  const paperId = stableId(officerId, requestId, 'APPLICATION')
  const accountId = stableId(officerId, requestId, 'ACCOUNT')

  const sealed = { db, cipher: archive.cipher }
  const places = await readPlaceChain(db, intake.placeId, dayOf(now))
  const countyId = countyOf(places)
  const personIds: string[] = []
  for (const { identityNumber } of intake.members) {
    personIds.push(await personIdFor(sealed, { countyId, identityNumber, now }))
  }
  const details = { memberPersonIds: personIds, applicantPersonId: personIds[0] as string, accountId }
  const { evidencePaperIds = [] } = intake
  await refusePapersNotOf(db, matterId, evidencePaperIds)
  const paperIds = [paperId, ...new Set(evidencePaperIds)]
  const content = { action: 'SUBMIT', details, versionSeen: 0, occurredOn, paperIds }
  const request = await receiveRequest(db, {
    officerId,
    requestId,
    postId,
    matterId,
    contentDigest,
    content,
    action: 'SUBMIT',
    receivedAt: now,
  })
  refuseOtherContent(request.contentDigest, contentDigest)
  // Of two at the same moment the one that came second finds everything written.
  if (await isDraftWritten(db, matterId)) return

  const paper: ApplicationPaper = { intake, personIds, handedInOn: occurredOn }
  const counted = countedIn(paper)
  await writeDraft(db, {
    matterId,
    countyId,
    procedureVersion,
    now,
    matterNumber: await freeCaseNumber(db, matterId, numberPrefix(places, occurredOn)),
    programme: 'DIBAO',
    placeId: intake.placeId,
    residenceKind: residenceOf(places),
    title: intake.members[0]?.name as string,
    persons: intake.members.map(({ name, relation }, index) => {
      const personId = personIds[index] as string
      const nameIndex = nameIndexOf(archive.cipher, name)
      return { personId, relation, counts: counted.includes(personId), nameIndex }
    }),
  })
  await keepPayeeAccount(sealed, { accountId, matterId, countyId, ...intake.bankAccount, now })
  await keepPaper(sealed, {
    paperId,
    matterId,
    countyId,
    kind: 'APPLICATION',
    body: JSON.stringify(paper),
    contentType: 'application/json',
    writtenBy: officerId,
    writtenAt: now,
  })
}

function countyOf(places: readonly PlaceStep[]): string {
  const county = places.find(({ level }) => level === 'COUNTY')
  if (county === undefined) throw new Error(`${placeAt(places).placeId} lies in no county: mend the table of places`)
  return county.placeId
}

function residenceOf(places: readonly PlaceStep[]): ResidenceKind {
  const known = places.find(({ residenceKind }) => residenceKind !== null)?.residenceKind
  if (!known) throw new Error(`${placeAt(places).placeId} is neither urban nor rural: mend the table of places`)
  return known
}

/** `DB620802101203-2026-`: programme, division of the village, year. */
function numberPrefix(places: readonly PlaceStep[], on: PlainDate): string {
  const { divisionCode, placeId } = placeAt(places)
  return `DB${divisionCode ?? placeId.toUpperCase()}-${on.slice(0, 4)}-`
}
