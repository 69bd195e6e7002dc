import type { BankBookLine } from '../checker.ts'

/** Something wrong, put into a clone of the calm archive or into a copy of the bank's book, and the law it breaks. */
export type Planted = Readonly<{
  what: string
  law: string
  inArchive?: readonly string[]
  inBook?: (lines: readonly BankBookLine[]) => BankBookLine[]
}>

const aCase = `(SELECT id FROM matter WHERE outcome = 'GRANTED' ORDER BY id LIMIT 1)`
const anInstruction = `(SELECT id FROM payment_instruction ORDER BY id LIMIT 1)`
const aBreach = `(SELECT "eventId" FROM matter_event WHERE type = 'LIMIT_BREACHED' LIMIT 1)`
const anAct = `(SELECT "requestId" FROM request WHERE action = 'ACCEPT' ORDER BY "requestId" LIMIT 1)`

/** The same row once more, with something else in it. */
function again(table: string, where: string, change: Record<string, string>): string {
  const changed = Object.entries(change).map(([column, value]) => `'${column}', ${value}`)
  return `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object(${changed.join(', ')}))).*
    FROM ${table} t WHERE ${where}`
}

export const planted: readonly Planted[] = [
  {
    what: 'a case row that is one act behind its log',
    law: 'a case is as old as its log',
    inArchive: [`UPDATE matter SET version = version - 1 WHERE id = ${aCase}`],
  },
  {
    what: 'an event taken out of the middle of a log',
    law: 'a log counts from one without gaps',
    inArchive: [`DELETE FROM matter_event WHERE "matterId" = ${aCase} AND seq = 5`],
  },
  {
    what: 'two events of one number',
    law: 'a log counts from one without gaps',
    inArchive: [
      'DROP INDEX "matter_event_matterId_seq_key"',
      again('matter_event', `t."matterId" = ${aCase} AND t.seq = 5`, { eventId: `'twice'` }),
    ],
  },
  {
    what: 'a case moved without an event',
    law: 'a case stands where its last step brought it',
    inArchive: [`UPDATE matter SET stage = 'REFUSAL_NOTICE', "closedAt" = NULL WHERE id = ${aCase}`],
  },
  {
    what: 'an act on a case that was closed',
    law: 'nothing happens to a case after its end',
    inArchive: [
      again('matter_event', `t."matterId" = ${aCase} AND t.type = 'FILE_REVIEWED'`, { eventId: `'late'`, seq: '99' }),
    ],
  },
  {
    what: 'a closed case that is open by its date',
    law: 'closed says the same as its date',
    inArchive: [`UPDATE matter SET "closedAt" = NULL WHERE id = ${aCase}`],
  },
  {
    what: 'an open case that lies on no desk',
    law: 'an open case lies on a desk, a closed one on none',
    inArchive: [`UPDATE matter SET stage = 'SURVEY' WHERE id = ${aCase}`],
  },
  {
    what: 'a closed case that still lies on a desk',
    law: 'an open case lies on a desk, a closed one on none',
    inArchive: [
      `UPDATE task SET "closedAt" = NULL
       WHERE id = (SELECT id FROM task WHERE "matterId" = ${aCase} ORDER BY id LIMIT 1)`,
    ],
  },
  {
    what: 'somebody who reviews what they handled',
    law: 'one person has one capacity in a case',
    inArchive: [
      `UPDATE matter_event SET "officerId" = (SELECT "officerId" FROM matter_event WHERE "matterId" = ${aCase}
         AND type = 'APPLICATION_ACCEPTED') WHERE "matterId" = ${aCase} AND type = 'FILE_REVIEWED'`,
    ],
  },
  {
    what: 'somebody who acted and is not on the list of those who did',
    law: 'who takes part is written down, and nobody else',
    inArchive: [`DELETE FROM participation WHERE "matterId" = ${aCase} AND capacity = 'CONFIRM'`],
  },
  {
    what: 'a breach recorded an hour before it was one',
    law: 'no time runs out before its instant',
    inArchive: [
      `UPDATE matter_event SET "recordedAt" = (data->>'dueAt')::timestamptz - interval '1 hour' WHERE "eventId" = ${aBreach}`,
    ],
  },
  {
    what: 'a notice taken down a day early',
    law: 'no time runs out before its instant',
    inArchive: [
      `UPDATE matter_event SET "recordedAt" = "recordedAt" - interval '1 day'
       WHERE "matterId" = ${aCase} AND type = 'NOTICE_ENDED'`,
    ],
  },
  {
    what: 'a breach that no supervisor was shown',
    law: 'a breach is in the log, on its limit and before a supervisor',
    inArchive: ['DELETE FROM supervision_item'],
  },
  {
    what: 'a rung climbed an hour early',
    law: 'no rung of the ladder is climbed before its instant',
    inArchive: [
      `UPDATE matter_event SET type = 'SUPERVISION_RAISED', "recordedAt" = "causeId"::timestamptz - interval '1 hour'
       WHERE "eventId" = ${aBreach}`,
    ],
  },
  {
    what: 'a breach addressed to nobody',
    law: 'each rung in the log was shown to somebody',
    inArchive: [`DELETE FROM supervision_recipient WHERE "itemId" = ${aBreach}`],
  },
  {
    what: 'a board that looks at another day',
    law: 'lists and boards look at the soonest due instant of each case',
    inArchive: [`UPDATE matter SET "dueAt" = now() WHERE id = ${aCase}`],
  },
  {
    what: 'a watched limit that has stopped and is still open',
    law: 'what is watched is closed with its limit, and not before',
    inArchive: [`UPDATE supervision_item SET "closedAt" = CASE WHEN "closedAt" IS NULL THEN now() END`],
  },
  {
    what: 'a benefit that nobody will review',
    law: 'each benefit in force has one review to come',
    inArchive: [`UPDATE review_obligation SET open = false`],
  },
  {
    what: 'a benefit with two reviews',
    law: 'each benefit in force has one review to come',
    inArchive: [
      'DROP INDEX review_obligation_one_open',
      again('review_obligation', `t.id = (SELECT min(id) FROM review_obligation)`, { id: `'another'` }),
    ],
  },
  {
    what: 'a confirmation without its benefit',
    law: 'each confirmation put one benefit in force',
    inArchive: [`DELETE FROM benefit WHERE "matterId" = ${aCase}`],
  },
  {
    what: 'a request answered with nothing',
    law: 'one request has one answer',
    inArchive: [`UPDATE request SET answer = NULL WHERE "requestId" = ${anAct}`],
  },
  {
    what: 'an act answered as filed that is not in the log',
    law: 'what was answered as filed is in the log, once',
    inArchive: [`DELETE FROM matter_event WHERE "causeId" = ${anAct}`],
  },
  {
    what: 'an act in the log twice',
    law: 'what was answered as filed is in the log, once',
    inArchive: [
      'ALTER TABLE matter_event DROP CONSTRAINT matter_event_pkey',
      'DROP INDEX "matter_event_matterId_seq_key"',
      again('matter_event', `t."causeId" = ${anAct}`, { typeVersion: '2' }),
    ],
  },
  {
    what: 'an act in the log that was refused',
    law: 'what a person did in the log was asked for and answered as filed',
    inArchive: [
      `UPDATE request SET status = 'REFUSED', answer = answer || '{"outcome": "REFUSED"}' WHERE "requestId" = ${anAct}`,
    ],
  },
  {
    what: 'an act that its procedure never heard of',
    law: 'nothing waits unheard',
    inArchive: [`UPDATE request SET "acknowledgedAt" = NULL WHERE "requestId" = ${anAct}`],
  },
  {
    what: 'a callback that nobody took',
    law: 'nothing waits unheard',
    inArchive: [`UPDATE callback SET "takenAt" = NULL WHERE "matterId" = ${aCase} AND source = 'BANK'`],
  },
  {
    what: 'a credit that the bank booked twice',
    law: 'what is paid was credited once, and nothing else',
    inBook: (lines) => [...lines, ...lines.filter(({ kind }) => kind === 'credited').slice(0, 1)],
  },
  {
    what: 'a payment that the bank never booked',
    law: 'what is paid was credited once, and nothing else',
    inBook: (lines) => lines.filter(({ kind }) => kind !== 'credited'),
  },
  {
    what: 'a credit one fen too high',
    law: 'what is paid was credited once, and nothing else',
    inBook: (lines) =>
      lines.map((line) => (line.kind === 'credited' ? { ...line, amountFen: (line.amountFen ?? 0) + 1 } : line)),
  },
  {
    what: 'an instruction at the bank that nobody released',
    law: 'the bank has nothing that was not released',
    inBook: (lines) => [
      ...lines,
      { kind: 'accepted', instruction: { instructionId: 'nobody-knows', amountFen: 100_00 } },
    ],
  },
  {
    what: 'half a journal entry',
    law: 'each journal entry balances',
    inArchive: [`DELETE FROM journal_posting WHERE line = 2 AND "instructionId" = ${anInstruction}`],
  },
  {
    what: 'a paid instruction whose money is still on its way in the journal',
    law: 'the journal tells where the money of each instruction is',
    inArchive: [`DELETE FROM journal_posting WHERE "entryId" = ${anInstruction} || '#PAY'`],
  },
  {
    what: 'a person paid twice for one month',
    law: 'a person is paid once a month',
    inArchive: [
      'DROP INDEX "payment_line_person_personId_programme_month_instalment_key"',
      `INSERT INTO payment_line_person SELECT (SELECT max("lineId") FROM payment_instruction), "personId", programme,
         month, instalment, "countyId" FROM payment_line_person
       WHERE "lineId" = (SELECT min("lineId") FROM payment_instruction)`,
    ],
  },
  {
    what: 'a payment of more than was confirmed',
    law: 'an instruction pays what was confirmed',
    inArchive: [`UPDATE payment_instruction SET "amountFen" = "amountFen" + 100 WHERE id = ${anInstruction}`],
  },
  {
    what: 'money let out by one person alone',
    law: 'two persons let money out',
    inArchive: [
      'ALTER TABLE payment_instruction DROP CONSTRAINT payment_instruction_two_persons',
      `UPDATE payment_instruction SET "releasedBy" = "preparedBy" WHERE id = ${anInstruction}`,
    ],
  },
  {
    what: 'a word changed in an old audit record',
    law: 'each record of the audit follows from the one before',
    inArchive: [`UPDATE audit_record SET action = 'RETURN' WHERE register = 'case:' || ${aCase} AND seq = 2`],
  },
  {
    what: 'an amount changed inside an old audit record',
    law: 'each record of the audit follows from the one before',
    inArchive: [`UPDATE audit_record SET detail = jsonb_set(detail, '{data,amountFen}', '1') WHERE action = 'CONFIRM'`],
  },
  {
    what: 'an audit record taken out of the middle',
    law: 'each record of the audit follows from the one before',
    inArchive: [`DELETE FROM audit_record WHERE register = 'case:' || ${aCase} AND seq = 4`],
  },
  {
    what: 'an event of which the audit does not know',
    law: 'each event has one record in the audit',
    inArchive: [
      `DELETE FROM audit_record WHERE register = 'case:' || ${aCase} AND seq = (SELECT max(seq) FROM audit_record
         WHERE register = 'case:' || ${aCase})`,
    ],
  },
  {
    what: 'a filing in the audit that is no event',
    law: 'each filing in the audit is an event',
    inArchive: [
      again('audit_record', `t.register = 'case:' || ${aCase} AND t.seq = 1`, { seq: '999', eventId: `'nowhere'` }),
    ],
  },
  {
    what: 'a refusal of which the audit does not know',
    law: 'each refusal has its record in the audit',
    inArchive: [
      again('request', `t."requestId" = ${anAct}`, {
        requestId: `'refused-unseen'`,
        status: `'REFUSED'`,
        answer: `'{"outcome": "REFUSED"}'::jsonb`,
      }),
    ],
  },
  {
    what: 'a decision under another name',
    law: 'what the audit says of an event is what stands in the log',
    inArchive: [`UPDATE matter_event SET "standsInFor" = 'nobody' WHERE "matterId" = ${aCase} AND type = 'CONFIRMED'`],
  },
  {
    what: 'a paper that says something else',
    law: 'each paper that the audit cites is there as it was cited',
    inArchive: [`UPDATE paper SET "bodyCipher" = "bodyCipher" || '\\x00'::bytea WHERE "matterId" = ${aCase}`],
  },
  {
    what: 'a look taken away',
    law: 'each look is in the digest of its roll-up',
    inArchive: ['DELETE FROM read_record WHERE id = (SELECT min(id) FROM read_record WHERE "rollUp" IS NOT NULL)'],
  },
  {
    what: 'a register that was sealed and is gone',
    law: 'each head that was sealed is in the audit under its number',
    inArchive: [`DELETE FROM audit_record WHERE register = 'daily-round'`],
  },
  {
    what: 'heads taken out of a seal',
    law: 'each seal names the one before it and counts the heads that moved',
    inArchive: ['DELETE FROM sealed_head WHERE seal = (SELECT min(number) FROM archive_seal)'],
  },
]
