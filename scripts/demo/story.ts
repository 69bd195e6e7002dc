import { matchingSourceLabels } from '../../domain/labels.ts'
import { formatYuan } from '../../domain/money.ts'
import type { Letter } from '../../domain/policy/refusal-letter.ts'
import type { CaseInHand } from '../../test/support/people/officer.ts'
import type { World } from '../../test/support/world.ts'
import { reckon, type Reckoning } from './reckoning.ts'
import { createTelling, dueDay, type Narrator, runningLimits, type Telling } from './telling.ts'

/** How the three households came out, and what the supervisors were shown on the way. */
export type Story = {
  inTown: Reckoning
  inVillage: Reckoning
  refused: Reckoning
  letter: string[]
  overdueWorkingDays: number
}

type Cast = { world: World; telling: Telling }
type Cases = { inTown: CaseInHand; inVillage: CaseInHand; refused: CaseInHand }

/**
 * Three households of Qingyang: one in town that is granted the difference to the standard, one in a village whose file
 * the county leaves lying beyond its limit, and one whose undeclared wage and car the registers know.
 */
export async function runStory(world: World, narrator: Narrator): Promise<Story> {
  const telling = createTelling(world, narrator)
  const cast = { world, telling }
  const cases = await threeHouseholdsApply(cast)
  await theTownshipsSurvey(cast, cases)
  await theTownshipsGiveTheirOpinions(cast, cases)
  const letter = await oneIsRefused(cast, cases.refused)
  await oneIsConfirmed(cast, cases)
  const overdueWorkingDays = await oneLiesTooLongAndBothArePaid(cast, cases)
  return {
    inTown: await reckon(world, cases.inTown),
    inVillage: await reckon(world, cases.inVillage),
    refused: await reckon(world, cases.refused),
    letter,
    overdueWorkingDays,
  }
}

async function threeHouseholdsApply({ world, telling }: Cast): Promise<Cases> {
  const { beijie, dongzhi, matchingCentre } = world
  const inTown = world.aHousehold().headedBy('王建军').of(3).earning(900_00).strickenBy('SERIOUS_ILLNESS')
  const inVillage = world.aHousehold().headedBy('刘守义').of(2).farming(150_00).strickenBy('DISABILITY')
  const refused = world.aHousehold().headedBy('赵德才').of(2).earning(600_00)
  await matchingCentre.knows(inTown.applicant, {
    SOCIAL_INSURANCE: [
      { kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 900_00, description: '企业职工养老保险缴费工资' },
    ],
  })
  await matchingCentre.knows(refused.applicant, {
    SOCIAL_INSURANCE: [
      { kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 3200_00, description: '企业职工养老保险缴费工资' },
    ],
    VEHICLES: [
      { kind: 'PROPERTY', propertyKind: 'VEHICLE', valueFen: 68_000_00, description: '小型轿车，登记未满三年' },
    ],
  })

  telling.chapter('一、申请和受理')
  const cuigou = world.clerk('cuigou')
  const cases = {
    inTown: await beijie.clerk.applies(inTown),
    inVillage: await cuigou.applies(inVillage),
    refused: await beijie.clerk.applies(refused),
  }
  await telling.tell(
    `城里一户：北街社区王建军家3人，申报月工资900元，${beijie.clerk.name}帮助提交，编号${cases.inTown.number}。`,
  )
  await telling.tell(
    `村里一户：崔沟村刘守义家2人，申报务农月收入150元，${cuigou.name}帮助提交，编号${cases.inVillage.number}。`,
  )
  await telling.tell(`另有一户：北街社区赵德才家2人，只申报月工资600元，编号${cases.refused.number}。`)

  await beijie.handler.accepts(cases.inTown)
  await dongzhi.handler.accepts(cases.inVillage)
  await beijie.handler.accepts(cases.refused)
  await telling.tell(`街道${beijie.handler.name}、镇上${dongzhi.handler.name}当天受理三户，系统自动发起信息核对。`)
  telling.show(runningLimits(await beijie.handler.opens(cases.inTown)))
  return cases
}

async function theTownshipsSurvey({ world, telling }: Cast, { inTown, inVillage, refused }: Cases): Promise<void> {
  const { beijie, dongzhi } = world
  telling.chapter('二、信息核对和入户调查')
  for (const aCase of [inTown, inVillage, refused]) await world.untilMatched(aCase)
  await telling.tell('八个核对来源全部反馈。')
  const { matching } = await beijie.handler.opens(refused)
  telling.show(
    (matching?.facts ?? []).map(
      ({ source, amountFen, description }) =>
        `赵德才：${matchingSourceLabels[source]}，${description}，${formatYuan(amountFen)}元`,
    ),
  )

  await world.workingDaysPass(1)
  await beijie.handler.beginsSurvey(inTown, [beijie.otherHandler])
  await beijie.handler.beginsSurvey(refused, [beijie.otherHandler])
  await dongzhi.handler.beginsSurvey(inVillage, [dongzhi.otherHandler])
  await telling.tell('两人一组开始入户调查。')

  await world.workingDaysPass(1)
  await beijie.handler.completesSurvey(inTown)
  await dongzhi.handler.completesSurvey(inVillage, { stableIncome: false })
  await beijie.handler.completesSurvey(refused, {
    findings: '赵德才承认在物流公司上班，家中停有轿车一辆，申报时未填写。',
  })
  await beijie.otherHandler.signsSurvey(inTown)
  await dongzhi.otherHandler.signsSurvey(inVillage)
  await beijie.otherHandler.signsSurvey(refused)
  await telling.tell('两名调查人员各自签字，三户的调查表归档。')
}

async function theTownshipsGiveTheirOpinions({ world, telling }: Cast, cases: Cases): Promise<void> {
  const { inTown, inVillage, refused } = cases
  const { beijie, dongzhi } = world
  telling.chapter('三、乡镇初审和公示')
  const { explanation } = await beijie.leader.assesses(inTown)
  await beijie.leader.endorses(inTown)
  await telling.tell(`街道${beijie.leader.name}初审同意王建军家。系统核算：`)
  telling.show(explanation)
  await dongzhi.leader.endorses(inVillage, { category: 'II', opinion: '主要劳动力残疾，拟定二类，同意。' })
  await telling.tell(`镇上${dongzhi.leader.name}初审同意刘守义家，拟定二类。`)
  await beijie.leader.disagrees(refused)
  await telling.tell(`街道${beijie.leader.name}对赵德才家签署不同意，不公示。`)
  await beijie.handler.handsUp(refused)
  await telling.tell(`${beijie.handler.name}当天将赵德才家的材料报送县级。`)

  await beijie.handler.postsNotice(inTown)
  await dongzhi.handler.postsNotice(inVillage)
  await telling.tell('两户张榜公示7天。')
}

async function oneIsRefused({ world, telling }: Cast, refused: CaseInHand): Promise<string[]> {
  const { handler, approver } = world.county
  telling.chapter('四、县级审核确认')
  await world.workingDaysPass(1)
  await handler.reviews(refused, { agrees: false })
  await approver.refuses(refused, {
    UNDECLARED_INCOME_OR_PROPERTY: '经核对，申请人有月工资3,200元和小型轿车一辆未申报。',
    INCOME_OVER_STANDARD: '计入月工资3,200元后，家庭人均收入不低于当地标准。',
    PROPERTY_OVER_LIMIT: '家庭名下小型轿车一辆，超过机动车辆限额。',
  })
  await telling.tell(`${approver.name}对赵德才家作出不予确认决定，告知书如下：`)
  const letter = await readLetter(world, refused)
  telling.show(letter)
  await world.beijie.handler.servesRefusal(refused)
  await world.untilStage(refused, 'CLOSED')
  await telling.tell(`${world.beijie.handler.name}当天送达告知书，案件办结。`)
  return letter
}

async function readLetter({ beijie }: World, refused: CaseInHand): Promise<string[]> {
  const { timeline } = await beijie.handler.opens(refused)
  const papers = timeline.flatMap((entry) => entry.papers)
  const paperId = papers.findLast(({ kind }) => kind === 'REFUSAL_LETTER')?.paperId ?? ''
  const { title, paragraphs } = JSON.parse(await beijie.handler.readsPaper(refused, paperId)) as Letter
  return [title, ...paragraphs]
}

async function oneIsConfirmed({ world, telling }: Cast, { inTown, inVillage }: Cases): Promise<void> {
  const { handler, approver } = world.county
  await world.daysPass(7)
  await world.untilStage(inTown, 'HANDING_UP')
  await world.untilStage(inVillage, 'HANDING_UP')
  await world.workingDaysPass(1)
  await world.beijie.handler.handsUp(inTown)
  await world.dongzhi.handler.handsUp(inVillage)
  const { deadlines } = await world.untilStage(inVillage, 'COUNTY_REVIEW')
  await telling.tell('公示期满无异议，两个乡镇（街道）报送县级审核，县级时限自收到材料起计算。')
  telling.show(
    deadlines.filter(({ limit }) => limit === 'COUNTY_DECISION').map((limit) => `县级时限：${dueDay(limit)}`),
  )

  await world.workingDaysPass(1)
  await handler.reviews(inTown)
  await approver.confirms(inTown)
  const { decision, benefit } = await approver.opens(inTown)
  const amount = formatYuan(decision?.finding?.amountFen ?? 0)
  await telling.tell(`${approver.name}确认王建军家每月${amount}元，从${benefit?.firstMonth}起发放。`)
}

/** The file that nobody opens, and the payment of the other, in the order in which their days come. */
async function oneLiesTooLongAndBothArePaid(cast: Cast, { inTown, inVillage }: Cases): Promise<number> {
  const { world } = cast
  const eveOfPayment = await world.eveOfPayment(inTown)
  const { deadlines } = await world.county.handler.opens(inVillage)
  const decisionDueOn = deadlines.findLast(({ limit }) => limit === 'COUNTY_DECISION')?.dueOn ?? ''
  cast.telling.chapter('五、超期督办和资金发放')
  if (eveOfPayment < decisionDueOn) await isPaid(cast, inTown)
  const overdueWorkingDays = await lieTooLong(cast, inVillage, decisionDueOn)
  if (eveOfPayment >= decisionDueOn) await isPaid(cast, inTown)
  await isPaid(cast, inVillage)
  return overdueWorkingDays
}

async function lieTooLong({ world, telling }: Cast, inVillage: CaseInHand, dueOn: string): Promise<number> {
  const { county, citySupervisor, supervisor } = world
  await world.untilDay(dueOn)
  await world.workingDaysPass(1)
  const [late] = await citySupervisor.seesOverdueOf(inVillage)
  const [lateAtCounty] = await supervisor.seesOverdueOf(inVillage)
  if (late === undefined || lateAtCounty === undefined) throw new Error('The supervisors are shown nothing overdue')
  await telling.tell(
    `市局${citySupervisor.name}、县局${supervisor.name}都看到：${late.limitLabel}超期${late.overdueWorkingDays}个工作日。`,
  )
  telling.show(late.holders.map(({ officeName, roleLabel }) => `${late.title}家的案件在${officeName}${roleLabel}手中`))

  await county.handler.reviews(inVillage, { category: 'II' })
  await county.approver.confirms(inVillage, { category: 'II' })
  const { decision } = await county.approver.opens(inVillage)
  const amount = formatYuan(decision?.finding?.amountFen ?? 0)
  await telling.tell(`案件继续办理：${county.approver.name}确认刘守义家二类，每月${amount}元。超期记录保留。`)
  return late.overdueWorkingDays
}

async function isPaid({ world, telling }: Cast, aCase: CaseInHand): Promise<void> {
  const { preparer, releaser } = world.finance
  await world.untilPayday(aCase)
  await preparer.prepares(aCase)
  await releaser.releases(aCase)
  const { payment } = await world.untilStage(aCase, 'CLOSED')
  const { name } = aCase.household.applicant
  await telling.tell(
    `${preparer.name}编制、${releaser.name}复核放款，${formatYuan(payment?.amountFen ?? 0)}元到账：${name}。`,
  )
}
