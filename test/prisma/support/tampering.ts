import type { FindingKind } from '../../../domain/audit/findings.ts'

/** A change that somebody with the owner's rights makes unseen, and by what name it has to be found. */
export type Tampering = Readonly<{
  what: string
  finds: FindingKind
  /** Words that the finding has to say. */
  says?: RegExp
  sql: readonly string[]
  /** Registers whose chain is computed anew afterwards, so that it holds in itself. */
  recompute?: readonly string[]
  /** Only the seals of the file can tell. */
  byFile?: true
}>

// `granted` was sealed and went on; `sealed` lies under the first seal; `fresh` came after the last one.
const ofCase = (name: string) => `(SELECT id FROM matter WHERE "title" = '${name}')`
const registerOf = (name: string) => `'case:' || ${ofCase(name)}`
const event = (type: string, name = 'granted') => `"matterId" = ${ofCase(name)} AND type = '${type}'`
const record = (seq: number, name = 'granted') => `register = ${registerOf(name)} AND seq = ${seq}`
const aPaper = (kind: string) =>
  `id = (SELECT id FROM paper WHERE "matterId" = ${ofCase('granted')} AND kind = '${kind}' ORDER BY id LIMIT 1)`
const lastSeal = `(SELECT max(number) FROM archive_seal)`

export const tamperings: readonly Tampering[] = [
  {
    what: 'every seal deleted with its heads, days ago',
    finds: 'SEAL_OVERDUE',
    says: /since 20/,
    sql: [
      `DELETE FROM sealed_head`,
      `DELETE FROM archive_seal`,
      `UPDATE deployment_clock SET "offsetMs" = "offsetMs" + 3 * 86400000`,
    ],
  },
  {
    what: 'no seal taken for days',
    finds: 'SEAL_OVERDUE',
    sql: [`UPDATE deployment_clock SET "offsetMs" = "offsetMs" + 3 * 86400000`],
  },
  // ---- the six that were not found ----
  {
    what: 'the amount in a confirmed event',
    finds: 'EVENT_CHANGED',
    says: /data/,
    sql: [`UPDATE matter_event SET data = jsonb_set(data, '{amountFen}', '7777') WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'who signed a confirmation',
    finds: 'EVENT_CHANGED',
    says: /actor/,
    sql: [`UPDATE matter_event SET "officerId" = 'somebody-else' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'the last records of a register cut off, events and all',
    finds: 'TAIL_CUT',
    sql: [
      `DELETE FROM audit_record WHERE register = ${registerOf('sealed')} AND seq >= 2`,
      `DELETE FROM matter_event WHERE "matterId" = ${ofCase('sealed')} AND seq >= 2`,
    ],
  },
  {
    what: 'a whole register deleted, events and all',
    finds: 'REGISTER_DELETED',
    sql: [
      `DELETE FROM audit_record WHERE register = ${registerOf('sealed')}`,
      `DELETE FROM matter_event WHERE "matterId" = ${ofCase('sealed')}`,
    ],
  },
  {
    what: 'an event changed alike in log and audit, and the chain computed anew',
    finds: 'CHAIN_RECOMPUTED',
    sql: [
      `UPDATE matter_event SET data = jsonb_set(data, '{amountFen}', '7777') WHERE ${event('OPINION_GIVEN')}`,
      `UPDATE audit_record SET detail = jsonb_set(detail, '{data,amountFen}', '7777')
       WHERE register = ${registerOf('granted')} AND action = 'GIVE_OPINION'`,
    ],
    recompute: ['granted'],
  },
  {
    what: 'what a paper says, under its old digest',
    finds: 'PAPER_CHANGED',
    says: /body/,
    sql: [`UPDATE paper SET "bodyCipher" = "bodyCipher" || '\\x00'::bytea WHERE ${aPaper('OPINION')}`],
  },

  // ---- events ----
  {
    what: 'the post of a signer',
    finds: 'EVENT_CHANGED',
    says: /actor/,
    sql: [`UPDATE matter_event SET "postId" = 'another' WHERE ${event('OPINION_GIVEN')}`],
  },
  {
    what: 'the office of a signer',
    finds: 'EVENT_CHANGED',
    says: /actor/,
    sql: [`UPDATE matter_event SET "officeId" = 'another' WHERE ${event('OPINION_GIVEN')}`],
  },
  {
    what: 'the role of a signer',
    finds: 'EVENT_CHANGED',
    says: /actor/,
    sql: [`UPDATE matter_event SET role = 'COUNTY_HANDLER' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'the part that a signer took in the case',
    finds: 'EVENT_CHANGED',
    says: /actor/,
    sql: [`UPDATE matter_event SET capacity = NULL WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'for whom a signer stood in',
    finds: 'EVENT_CHANGED',
    says: /actor/,
    sql: [`UPDATE matter_event SET "standsInFor" = 'the-leader' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'a signer taken out, as if the system had done it',
    finds: 'EVENT_CHANGED',
    says: /actor/,
    sql: [
      `UPDATE matter_event SET "officerId" = NULL, "postId" = NULL, "officeId" = NULL, role = NULL, capacity = NULL
       WHERE ${event('CONFIRMED')}`,
    ],
  },
  {
    what: 'the day on which something happened',
    finds: 'EVENT_CHANGED',
    says: /occurredOn/,
    sql: [`UPDATE matter_event SET "occurredOn" = "occurredOn" - 30 WHERE ${event('APPLICATION_ACCEPTED')}`],
  },
  {
    what: 'when something was recorded',
    finds: 'EVENT_CHANGED',
    says: /recordedAt/,
    sql: [`UPDATE matter_event SET "recordedAt" = "recordedAt" - interval '1 second' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'the cause of an event',
    finds: 'EVENT_CHANGED',
    says: /cause/,
    sql: [`UPDATE matter_event SET "causeId" = 'another' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'the kind of cause of an event',
    finds: 'EVENT_CHANGED',
    says: /cause/,
    sql: [`UPDATE matter_event SET "causeKind" = 'CLOCK' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'the version of the rules that an event was judged by',
    finds: 'EVENT_CHANGED',
    says: /ruleVersion/,
    sql: [`UPDATE matter_event SET "ruleVersion" = 'older' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'the version of the calendar that an event was counted by',
    finds: 'EVENT_CHANGED',
    says: /calendarVersion/,
    sql: [`UPDATE matter_event SET "calendarVersion" = 'older' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'the version of the type of an event',
    finds: 'EVENT_CHANGED',
    says: /typeVersion/,
    sql: [`UPDATE matter_event SET "typeVersion" = 2 WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'the county of an event',
    finds: 'EVENT_CHANGED',
    says: /county/,
    sql: [`UPDATE matter_event SET "countyId" = 'another' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'the type of an event',
    finds: 'EVENT_CHANGED',
    says: /type/,
    sql: [`UPDATE matter_event SET type = 'REFUSED' WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'a paper left out of what an event cites',
    finds: 'EVENT_CHANGED',
    says: /papers/,
    sql: [`UPDATE matter_event SET papers = '[]' WHERE ${event('OPINION_GIVEN')}`],
  },
  {
    what: 'the digest of a paper that an event cites',
    finds: 'EVENT_CHANGED',
    says: /papers/,
    sql: [`UPDATE matter_event SET papers = jsonb_set(papers, '{0,digest}', '"00"') WHERE ${event('OPINION_GIVEN')}`],
  },
  {
    what: 'an event moved to another case',
    finds: 'EVENT_CHANGED',
    says: /case/,
    sql: [`UPDATE matter_event SET "matterId" = ${ofCase('fresh')}, seq = 99 WHERE ${event('CONFIRMED')}`],
  },
  {
    what: 'an event taken out of the log',
    finds: 'EVENT_MISSING',
    sql: [`DELETE FROM matter_event WHERE ${event('NOTICE_POSTED')}`],
  },
  {
    what: 'an event under another id',
    finds: 'EVENT_MISSING',
    sql: [`UPDATE matter_event SET "eventId" = 'another' WHERE ${event('NOTICE_POSTED')}`],
  },
  {
    what: 'an event put into the log past the audit',
    finds: 'EVENT_UNRECORDED',
    sql: [
      `INSERT INTO matter_event SELECT (jsonb_populate_record(e, '{"eventId": "smuggled", "seq": 99}')).* FROM matter_event e
       WHERE ${event('CONFIRMED')}`,
    ],
  },
  {
    what: 'two events with their numbers exchanged',
    finds: 'EVENT_CHANGED',
    says: /seq/,
    sql: [
      `UPDATE matter_event SET seq = -seq WHERE "matterId" = ${ofCase('granted')} AND seq IN (2, 3)`,
      `UPDATE matter_event SET seq = 5 + seq WHERE "matterId" = ${ofCase('granted')} AND seq < 0`,
    ],
  },

  // ---- papers ----
  {
    what: 'a paper taken away',
    finds: 'PAPER_MISSING',
    sql: [`DELETE FROM paper WHERE ${aPaper('SURVEY_SHEET')}`],
  },
  {
    what: 'the digest of a paper',
    finds: 'PAPER_CHANGED',
    says: /digest/,
    sql: [`UPDATE paper SET digest = repeat('0', 64) WHERE ${aPaper('SURVEY_SHEET')}`],
  },
  {
    what: 'the kind of a paper',
    finds: 'PAPER_CHANGED',
    says: /kind/,
    sql: [`UPDATE paper SET kind = 'EVIDENCE' WHERE ${aPaper('SURVEY_SHEET')}`],
  },
  {
    what: 'a paper put into another case',
    finds: 'PAPER_CHANGED',
    says: /case/,
    sql: [`UPDATE paper SET "matterId" = ${ofCase('fresh')} WHERE ${aPaper('SURVEY_SHEET')}`],
  },
  {
    what: 'a paper emptied as if lawfully, which the audit does not say',
    finds: 'PAPER_ERASED',
    sql: [`UPDATE paper SET "bodyCipher" = NULL, salt = NULL, "erasedAt" = now() WHERE ${aPaper('SURVEY_SHEET')}`],
  },
  {
    what: 'the body of one paper put into another',
    finds: 'PAPER_CHANGED',
    says: /body/,
    sql: [
      `UPDATE paper SET "bodyCipher" = (SELECT "bodyCipher" FROM paper WHERE ${aPaper('OPINION')}),
         "sealedDigest" = (SELECT "sealedDigest" FROM paper WHERE ${aPaper('OPINION')}) WHERE ${aPaper('SURVEY_SHEET')}`,
    ],
  },

  // ---- records ----
  {
    what: 'an act renamed in the audit',
    finds: 'RECORD_CHANGED',
    sql: [`UPDATE audit_record SET action = 'RETURN' WHERE ${record(2)}`],
  },
  {
    what: 'an officer exchanged in the audit',
    finds: 'RECORD_CHANGED',
    sql: [`UPDATE audit_record SET "officerId" = 'somebody-else' WHERE ${record(2)}`],
  },
  {
    what: 'an instant in the audit',
    finds: 'RECORD_CHANGED',
    sql: [`UPDATE audit_record SET at = at + interval '1 hour' WHERE ${record(2)}`],
  },
  {
    what: 'an amount inside a record',
    finds: 'RECORD_CHANGED',
    sql: [
      `UPDATE audit_record SET detail = jsonb_set(detail, '{data,amountFen}', '1')
       WHERE register = ${registerOf('granted')} AND action = 'CONFIRM'`,
    ],
  },
  {
    what: 'a refusal turned into a filing',
    finds: 'RECORD_CHANGED',
    sql: [`UPDATE audit_record SET result = 'DONE' WHERE result = 'REFUSED'`],
  },
  {
    what: 'a record taken out of the middle',
    finds: 'RECORD_MISSING',
    sql: [`DELETE FROM audit_record WHERE ${record(3)}`],
  },
  {
    what: 'the first record of a register taken away',
    finds: 'RECORD_MISSING',
    sql: [`DELETE FROM audit_record WHERE ${record(1)}`],
  },
  {
    what: 'a refusal taken out, the rest renumbered and computed anew',
    finds: 'TAIL_CUT',
    sql: [`DELETE FROM audit_record WHERE register = ${registerOf('granted')} AND result = 'REFUSED'`],
    recompute: ['granted'],
  },
  {
    what: 'a record that hangs on another',
    finds: 'LINK_BROKEN',
    sql: [`UPDATE audit_record SET previous = repeat('0', 64) WHERE ${record(3)}`],
  },
  {
    what: 'a record in a form that nobody knows',
    finds: 'FORM_UNKNOWN',
    sql: [`UPDATE audit_record SET form = 9 WHERE ${record(2)}`],
  },
  {
    what: 'a record passed off as one of before',
    finds: 'FORM_FALSE',
    sql: [`UPDATE audit_record SET form = 1 WHERE ${record(3)}`],
  },
  {
    what: 'one event recorded twice at the end of a register',
    finds: 'EVENT_OUT_OF_ORDER',
    sql: [
      `INSERT INTO audit_record SELECT (jsonb_populate_record(a, '{"seq": 9999}')).* FROM audit_record a WHERE ${record(2)}`,
    ],
    recompute: ['granted'],
  },
  {
    what: 'a register put under another name',
    finds: 'REGISTER_DELETED',
    sql: [`UPDATE audit_record SET register = 'calendar-old' WHERE register = 'daily-round'`],
  },
  {
    what: 'a register with records of long ago that no seal ever covered',
    finds: 'UNSEALED_THOUGH_OLD',
    sql: [
      `INSERT INTO audit_record SELECT (jsonb_populate_record(a, '{"register": "export:invented", "at": "2020-01-01T00:00:00Z"}')).*
       FROM audit_record a WHERE register = 'daily-round' AND seq = 1`,
    ],
  },

  // ---- seals ----
  {
    what: 'what a seal says',
    finds: 'SEAL_CHANGED',
    sql: [`UPDATE archive_seal SET statement = replace(statement, '"moved":', '"moved": ') WHERE number = 1`],
  },
  {
    what: 'what a seal says, digest and all',
    finds: 'SEAL_FORGED',
    sql: [
      `UPDATE archive_seal SET statement = replace(statement, '"moved":', '"moved": ') WHERE number = 1`,
      `UPDATE archive_seal SET digest = encode(sha256(statement::bytea), 'hex') WHERE number = 1`,
    ],
  },
  {
    what: 'the signature of a seal',
    finds: 'SEAL_FORGED',
    sql: [`UPDATE archive_seal SET signature = (SELECT signature FROM archive_seal WHERE number = 1) WHERE number = 2`],
  },
  {
    what: 'a seal under a key that nobody knows',
    finds: 'SEAL_KEY_UNKNOWN',
    sql: [`UPDATE archive_seal SET "keyId" = 'mine' WHERE number = ${lastSeal}`],
  },
  {
    what: 'when a seal was taken',
    finds: 'SEAL_CHANGED',
    sql: [`UPDATE archive_seal SET "takenAt" = "takenAt" - interval '1 day' WHERE number = 1`],
  },
  {
    what: 'a seal taken out of the middle',
    finds: 'SEAL_MISSING',
    sql: [`DELETE FROM archive_seal WHERE number = 1`, `DELETE FROM sealed_head WHERE seal = 1`],
  },
  {
    what: 'a head of a seal made to fit a chain computed anew',
    finds: 'SEALED_HEADS_CHANGED',
    sql: [
      `UPDATE matter_event SET data = jsonb_set(data, '{amountFen}', '7777') WHERE ${event('OPINION_GIVEN')}`,
      `UPDATE audit_record SET detail = jsonb_set(detail, '{data,amountFen}', '7777')
       WHERE register = ${registerOf('granted')} AND action = 'GIVE_OPINION'`,
      `DELETE FROM sealed_head WHERE register = ${registerOf('granted')}`,
    ],
    recompute: ['granted'],
  },
  {
    what: 'the last seal and everything after the one before it',
    finds: 'SEAL_NOT_IN_ARCHIVE',
    byFile: true,
    sql: [`DELETE FROM sealed_head WHERE seal = ${lastSeal}`, `DELETE FROM archive_seal WHERE number = ${lastSeal}`],
  },
  {
    what: 'every seal',
    finds: 'SEAL_NOT_IN_ARCHIVE',
    byFile: true,
    sql: [`DELETE FROM sealed_head`, `DELETE FROM archive_seal`],
  },

  // ---- looks ----
  {
    what: 'who looked at a case',
    finds: 'LOOKS_CHANGED',
    sql: [`UPDATE read_record SET "officerId" = 'somebody-else' WHERE id = (SELECT min(id) FROM read_record)`],
  },
  {
    what: 'a look taken away',
    finds: 'LOOKS_CHANGED',
    sql: [`DELETE FROM read_record WHERE id = (SELECT min(id) FROM read_record)`],
  },
  {
    what: 'a look put in afterwards',
    finds: 'LOOKS_CHANGED',
    sql: [
      `INSERT INTO read_record SELECT (jsonb_populate_record(r, '{"id": 99999}')).* FROM read_record r
       WHERE id = (SELECT min(id) FROM read_record)`,
    ],
  },
  {
    what: 'looks that bear a roll-up of their own',
    finds: 'LOOK_UNRECORDED',
    sql: [`UPDATE read_record SET "rollUp" = 777 WHERE "rollUp" IS NULL`],
  },
]
