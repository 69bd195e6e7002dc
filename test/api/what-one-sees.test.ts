import { aFile } from '../support/tiny-files.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseInHand } from '../support/people/officer.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { beijie, dongzhi } = people.xifeng
const clerk = beijie.clerks[0]!
const handler = beijie.handlers[0]!

let room: CounterRoom
let aCase: CaseInHand
beforeAll(async () => {
  room = await openCounterRoom('sees')
  const household = room.world.aHousehold().of(3).earning(90_000).strickenBy('SERIOUS_ILLNESS')
  aCase = await room.world.beijie.clerk.applies(household)
})
afterAll(() => room.close())

const opens = (as: SeedPerson, id = aCase.id) => room.send('GET', `/api/assistance-cases/${id}`, { as })

describe('a case', () => {
  it('that is not yours is answered like one that is not there', async () => {
    const strangers = [dongzhi.clerks[0]!, dongzhi.handlers[0]!, people.chongchuan.approvers[0]!]
    for (const as of strangers) {
      const [notYours, notThere] = [await opens(as), await opens(as, 'f'.repeat(32))]
      expect([notYours.status, notThere.status]).toEqual([404, 404])
      expect(await notYours.text()).toBe(await notThere.text())
    }
  })

  it('is not for administrators, and for finance only once it is to be paid', async () => {
    expect((await opens(people.qingyang.administrators[0]!)).status).toBe(403)
    expect((await opens(people.xifeng.financeOfficers[0]!)).status).toBe(404)
  })

  it('never shows an identity number or an account whole', async () => {
    const { applicant, accountNumber } = aCase.household
    for (const as of [clerk, handler, people.xifeng.approvers[0]!, people.qingyang.auditors[0]!]) {
      const response = await opens(as)
      const text = await response.text()
      expect(response.status).toBe(200)
      expect(text).not.toContain(applicant.identityNumber)
      expect(text).not.toContain(accountNumber)
      expect(text).toContain(`${applicant.identityNumber.slice(0, 3)}${'*'.repeat(15)}`)
    }
  })

  it('tells nothing of an identity number beside which its rest could be guessed', async () => {
    const { timeline } = await room.world.beijie.handler.opens(aCase)
    const paper = `/api/matters/${aCase.id}/papers/${timeline[0]?.papers[0]?.paperId}`
    for (const answer of [await opens(handler), await room.send('GET', paper, { as: handler })]) {
      const told = [...(await answer.text()).matchAll(/"identityNumber":"([^"]*)"/g)].map(([, number]) => number)
      expect(told.length).toBeGreaterThanOrEqual(3)
      // Place, birthday and sex stand beside it; the order within a day and the check character must not.
      for (const number of told) expect(number).toMatch(/^\d{3}\*{15}$/)
    }
  })

  it('shows income and illness only to those who handle it', async () => {
    const [mine, theirs] = [await opens(handler), await opens(people.xifeng.supervisors[0]!)]
    const { household, allowedActions } = (await mine.json()) as { household: object; allowedActions: string[] }
    expect(household).toMatchObject({ members: [{ details: { hardships: ['SERIOUS_ILLNESS'] } }, {}, {}] })
    expect(allowedActions).toContain('ACCEPT')
    const seen = (await theirs.json()) as { household: { members: { details: unknown }[] }; allowedActions: string[] }
    expect(seen.household.members.every(({ details }) => details === null)).toBe(true)
    expect(seen.allowedActions).toEqual(['URGE', 'ASSIGN', 'MARK_RISK', 'ISSUE_ORDER'])
  })

  it('explains a due date day by day', async () => {
    const response = await room.send('GET', `/api/matters/${aCase.id}/deadlines/ACCEPTANCE/1`, { as: handler })
    const { deadline, days } = (await response.json()) as { deadline: { dueOn: string }; days: { day: string }[] }
    expect(days.at(-1)?.day).toBe(deadline.dueOn)
    expect((await room.send('GET', `/api/matters/${aCase.id}/deadlines/TOTAL/1`, { as: handler })).status).toBe(404)
  })
})

describe('a paper', () => {
  const png = aFile('image/png', 'picture')
  const uploads = (raw: Buffer | string, type: string, as = handler, requestId: string = randomUUID()) =>
    room.send('POST', `/api/matters/${aCase.id}/papers`, {
      as,
      raw,
      headers: { 'content-type': type, 'file-name': encodeURIComponent('../照片.png'), 'request-id': requestId },
    })

  it('comes back as it was handed in, as an attachment', async () => {
    const requestId = randomUUID()
    const [once, twice] = [
      await uploads(png, 'image/png', handler, requestId),
      await uploads(png, 'image/png', handler, requestId),
    ]
    const text = await once.text()
    expect([once.status, twice.status, await twice.text()]).toEqual([201, 201, text])
    const { paperId } = JSON.parse(text) as { paperId: string }
    const back = await room.send('GET', `/api/matters/${aCase.id}/papers/${paperId}`, { as: handler })
    expect(Buffer.from(await back.arrayBuffer()).equals(png)).toBe(true)
    expect(back.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(back.headers.get('content-disposition')).not.toContain('..')
    expect(back.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('keeps the type that was checked and the extension that belongs to it, and runs nowhere', async () => {
    const polyglot = Buffer.concat([png, Buffer.from('<script>alert(1)</script>PK\u0003\u0004')])
    const response = await room.send('POST', `/api/matters/${aCase.id}/papers`, {
      as: handler,
      raw: polyglot,
      headers: { 'content-type': 'image/png', 'file-name': encodeURIComponent('收入.pdf.html.exe') },
    })
    const { paperId } = (await response.json()) as { paperId: string }
    const back = await room.send('GET', `/api/matters/${aCase.id}/papers/${paperId}`, { as: handler })
    expect(back.headers.get('content-type')).toBe('image/png')
    expect(back.headers.get('content-disposition')).toBe(
      `attachment; filename="??.png"; filename*=UTF-8''${encodeURIComponent('收入.png')}`,
    )
    expect(back.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  })

  it('that is empty, cut off, of another kind or too large is told so, each in its own words', async () => {
    for (const [raw, type, status, code] of [
      [Buffer.alloc(0), 'image/png', 422, 'fileEmpty'],
      [png.subarray(0, 40), 'image/png', 422, 'fileBroken'],
      ['<script>', 'image/png', 422, 'fileNotAccepted'],
      [Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), 'image/png', 413, 'fileTooLarge'],
    ] as const) {
      const refused = await uploads(raw, type)
      expect([refused.status, await refused.json()]).toMatchObject([status, { code, detail: expect.any(String) }])
    }
    const headers = { 'content-type': 'image/png', 'evidence-kind': 'PASSPORT', 'evidence-title': '%20' }
    const wrong = await room.send('POST', `/api/matters/${aCase.id}/papers`, { as: handler, raw: png, headers })
    const { faults } = (await wrong.json()) as { faults: { path: string[] }[] }
    expect([wrong.status, faults.map(({ path }) => path[0])]).toEqual([400, ['Evidence-Kind', 'Evidence-Title']])
  })

  it('that is not what it says, or of another kind, is refused', async () => {
    expect((await uploads('<script>', 'image/png')).status).toBe(422)
    expect((await uploads(png, 'application/pdf')).status).toBe(422)
    expect((await uploads('<html>', 'text/html')).status).toBe(415)
    expect((await uploads(png, 'image/png', people.qingyang.auditors[0])).status).toBe(403)
    expect((await uploads(png, 'image/png', dongzhi.handlers[0])).status).toBe(404)
  })

  it('of the household is masked for its officers and the auditor, and closed to others', async () => {
    const { timeline } = await room.world.beijie.handler.opens(aCase)
    const application = timeline[0]?.papers[0]
    const at = `/api/matters/${aCase.id}/papers/${application?.paperId}`
    const read = await room.send('GET', at, { as: handler })
    const text = await read.text()
    expect([read.status, application?.kind]).toEqual([200, 'APPLICATION'])
    expect(text).not.toContain(aCase.household.applicant.identityNumber)
    expect(text).not.toContain(aCase.household.accountNumber)
    expect(await (await room.send('GET', at, { as: people.qingyang.auditors[0]! })).text()).toBe(text)
    expect((await room.send('GET', at, { as: people.xifeng.supervisors[0]! })).status).toBe(403)
    expect((await room.send('GET', at, { as: dongzhi.handlers[0]! })).status).toBe(404)
  })
})

describe('a list', () => {
  it('holds what lies on the desk of the post, page by page, soonest due first', async () => {
    for (let count = 0; count < 4; count += 1) await room.world.beijie.clerk.applies(room.world.aHousehold())
    const first = await room.world.beijie.handler.seesWorklist('?pageSize=3')
    const second = await room.world.beijie.handler.seesWorklist(`?pageSize=3&cursor=${first.nextCursor}`)
    const ids = [...first.items, ...second.items].map(({ matterId }) => matterId)
    expect(new Set(ids).size).toBe(5)
    expect(second.nextCursor).toBeNull()
    expect(first.counts.open).toBe(5)
    expect(first.items[0]).toMatchObject({ stage: 'APPLIED', limit: 'ACCEPTANCE', overdue: false })
    expect((await room.world.dongzhi.handler.seesWorklist()).items).toEqual([])
    expect((await room.world.beijie.leader.seesWorklist()).items).toEqual([])
  })

  it('finds a name, and does not write it in the log', async () => {
    const name = aCase.household.applicant.name
    const found = await room.world.beijie.handler.seesWorklist(`?q=${encodeURIComponent(name)}`)
    expect(found.items.map(({ matterId }) => matterId)).toContain(aCase.id)
    const log = room.lines.join()
    expect(log).not.toContain(encodeURIComponent(name))
    expect(log).not.toContain(aCase.household.applicant.identityNumber)
    const quoted = await room.world.beijie.handler.seesWorklist(`?q=${encodeURIComponent("%' OR 1=1 --")}`)
    expect(quoted.items).toEqual([])
  })

  it('keeps what one has done', async () => {
    await room.world.beijie.handler.accepts(aCase)
    const done = await room.world.beijie.handler.seesWorklist('?status=done')
    expect(done.items).toMatchObject([{ matterId: aCase.id, stage: 'SURVEY' }])
  })

  it('refuses a made-up page mark and an unknown filter', async () => {
    for (const query of ['cursor=e30', 'colour=red', 'stage=NOWHERE', 'pageSize=1000', 'stage=A&stage=B']) {
      expect((await room.send('GET', `/api/worklist?${query}`, { as: handler })).status).toBe(400)
    }
  })
})

describe('around the cases', () => {
  it('places, officers, parameters, calendar and clock are answered for one’s own area', async () => {
    const placeId = 'qingyang-xifeng-beijie-beijie'
    const foreign = 'nantong-chongchuan'
    const answers = await Promise.all(
      [
        '/api/places',
        `/api/officers?placeId=${placeId}`,
        `/api/parameters?placeId=${placeId}&on=2026-07-01`,
        '/api/parameters',
        '/api/calendar/2026',
        '/api/calendar/2030',
        '/api/clock',
      ].map(async (path) => {
        const response = await room.send('GET', path, { as: handler })
        return [path, response.status]
      }),
    )
    expect(answers.filter(([, status]) => status !== 200)).toEqual([])
    expect((await room.send('GET', `/api/officers?placeId=${foreign}`, { as: handler })).status).toBe(404)
    expect((await room.send('GET', `/api/parameters?placeId=${foreign}`, { as: handler })).status).toBe(404)
  })

  it('the clock is moved by administrators only', async () => {
    const move = (as: SeedPerson) => room.send('POST', '/api/training/clock-moves', { as, body: { days: 1 } })
    expect((await move(handler)).status).toBe(403)
    expect((await move(people.qingyang.administrators[0]!)).status).toBe(409)
  })

  it('what is overdue is for those who watch', async () => {
    expect((await room.send('GET', '/api/overdue', { as: clerk })).status).toBe(403)
    const seen = await room.send('GET', '/api/overdue', { as: people.xifeng.supervisors[0]! })
    expect(await seen.json()).toEqual({ items: [], nextCursor: null })
  })

  it('contract and its page need nobody', async () => {
    const contract = (await (await room.send('GET', '/openapi.json')).json()) as { openapi: string }
    expect(contract.openapi).toMatch(/^3\.1/)
    expect((await room.send('GET', '/docs/')).status).toBe(200)
    expect((await room.send('GET', '/docs/swagger-ui.css')).status).toBe(200)
    expect((await room.send('GET', '/docs/anything')).status).toBe(404)
    expect((await room.send('GET', '/healthz')).status).toBe(200)
    expect((await room.send('GET', '/api/nothing')).status).toBe(404)
  })
})
