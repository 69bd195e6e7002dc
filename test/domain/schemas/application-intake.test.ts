import { describe, expect, it } from 'vitest'
import { ApplicationIntake, type ApplicationIntakeInput } from '../../../domain/schemas/application-intake.ts'
import { personName } from '../../../domain/schemas/nouns.ts'
import { SurveyedIncomeIntake } from '../../../domain/schemas/survey-sheet.ts'

// Made up: the check characters are right, the people are not.
const adult = '11010519491231002X'
const spouse = '110105195001010012'
const child = '110105201501010017'

function anIntake(): ApplicationIntakeInput {
  const member = {
    hukouPlaceCode: '110105',
    residesInHousehold: true,
    workCapable: false,
    income: [],
    property: [],
    hardships: [],
  }
  return {
    placeId: 'xingfu',
    members: [
      {
        ...member,
        name: '李秀英',
        identityNumber: adult,
        relation: 'APPLICANT',
        income: [{ kind: 'WAGE', monthlyFen: 50_000 }],
      },
      { ...member, name: '王建国', identityNumber: spouse, relation: 'SPOUSE' },
      { ...member, name: '王小明', identityNumber: child, relation: 'GRANDCHILD' },
    ],
    bankAccount: { holderName: '李秀英', accountNumber: '6222021234567890128', bankName: '示例农村商业银行' },
    consents: {
      truthfulness: true,
      signedOn: '2026-11-02',
      authorisations: [
        { identityNumber: adult, signedOn: '2026-11-02' },
        { identityNumber: spouse, signedOn: '2026-11-02' },
      ],
    },
  }
}

type Change = (intake: ApplicationIntakeInput) => unknown

/** Writes any value at a path, as a careless client would. */
function put(path: string, value: unknown): Change {
  return (intake) => {
    const keys = path.split('.')
    const last = keys.pop() as string
    let at: unknown = intake
    for (const key of keys) at = (at as Record<string, unknown>)[key]
    ;(at as Record<string, unknown>)[last] = value
  }
}

function faultsOf(...changes: Change[]): string[] {
  const intake = structuredClone(anIntake())
  for (const change of changes) change(intake)
  const read = ApplicationIntake.safeParse(intake)
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('an application', () => {
  it('is read with birthdays and sexes from the identity numbers', () => {
    const { members } = ApplicationIntake.parse(anIntake())
    expect(members.map(({ birthDate, sex }) => [birthDate, sex])).toEqual([
      ['1949-12-31', 'FEMALE'],
      ['1950-01-01', 'MALE'],
      ['2015-01-01', 'MALE'],
    ])
  })

  it.each([
    ['two applicants', put('members.1.relation', 'APPLICANT'), 'members: 家庭成员中应有且只有一名申请人。'],
    [
      'an applicant further down',
      (intake: ApplicationIntakeInput) => intake.members.reverse(),
      'members: 申请人应填写在第一位。',
    ],
    [
      'one person twice',
      put('members.2.identityNumber', adult),
      'members.2.identityNumber: 身份证号码与前面的家庭成员重复。',
    ],
    [
      'a birthday that is not in the number',
      put('members.0.birthDate', '1949-12-30'),
      'members.0.birthDate: 出生日期与身份证号码不一致。',
    ],
    ['a sex that is not in the number', put('members.0.sex', 'MALE'), 'members.0.sex: 性别与身份证号码不一致。'],
    [
      'an account of a stranger',
      put('bankAccount.holderName', '张三'),
      'bankAccount.holderName: 银行账户户名应为家庭成员姓名。',
    ],
    [
      'an adult who has not signed',
      (intake: ApplicationIntakeInput) => intake.consents.authorisations.pop(),
      'consents.authorisations: 王建国尚未签署核对授权。',
    ],
    [
      'a signature of a stranger',
      (intake: ApplicationIntakeInput) => intake.members.splice(1, 1),
      'consents.authorisations.1.identityNumber: 授权人不是填写的家庭成员。',
    ],
    [
      'a child born after the signature',
      put('consents.signedOn', '2014-12-31'),
      'members.2.identityNumber: 出生日期晚于签署日期。',
    ],
    ['no promise of truth', put('consents.truthfulness', false), 'consents.truthfulness: 请签署如实申报承诺。'],
  ])('with %s is refused', (_, change, fault) => {
    expect(faultsOf(change)).toContain(fault)
  })

  it('refuses fields that it does not know', () => {
    expect(faultsOf(put('members.0.religion', '无')).join()).toContain('religion')
  })

  it('tells everything wrong at once, in Chinese', () => {
    const faults = faultsOf(
      put('members.0.identityNumber', '110105194912310021'),
      put('members.2.name', ''),
      put('bankAccount.accountNumber', '622202'),
      put('bankAccount.holderName', '张三'),
      put('consents.authorisations', []),
      put('placeId', undefined),
    )
    expect(faults).toEqual(
      expect.arrayContaining([
        'members.0.identityNumber: 身份证号码校验位不正确，请核对是否输错。',
        'members.2.name: 请填写姓名。',
        'bankAccount.accountNumber: 银行账号应为8至32位数字。',
        'bankAccount.holderName: 银行账户户名应为家庭成员姓名。',
        'consents.authorisations: 王建国尚未签署核对授权。',
      ]),
    )
    for (const fault of faults) expect(fault).toMatch(/[\u4e00-\u9fff]/)
  })

  it.each([null, 'text', 42, [], {}, { members: [null] }])('survives %j', (value) => {
    expect(ApplicationIntake.safeParse(value).success).toBe(false)
  })
})

describe('names', () => {
  it.each(['李秀英', '买买提·艾力', '䶮𠅤', '欧阳 锋'])('%s', (name) => {
    expect(personName.safeParse(name).success).toBe(true)
  })

  it('are counted in characters', () => {
    expect(personName.safeParse('𠅤'.repeat(50)).success).toBe(true)
    expect(personName.safeParse('𠅤'.repeat(51)).success).toBe(false)
  })
})

describe('a surveyed income', () => {
  const item = { personId: 'p1', kind: 'WAGE', monthlyFen: 0, surveyedOn: '2026-11-12' }

  it('settles a fact only with a reason, and gives a reason only for a fact', () => {
    expect(SurveyedIncomeIntake.safeParse(item).success).toBe(true)
    expect(SurveyedIncomeIntake.safeParse({ ...item, settlesFactId: 'f1', reason: '已离职' }).success).toBe(true)
    expect(SurveyedIncomeIntake.safeParse({ ...item, settlesFactId: 'f1' }).success).toBe(false)
    expect(SurveyedIncomeIntake.safeParse({ ...item, reason: '已离职' }).success).toBe(false)
  })
})
