import { checkCharacterOf } from '../../domain/household/identity-number.ts'
import type { Role } from '../../domain/vocabulary.ts'

/** The password of everybody in a training deployment. Production is seeded without people. */
export const trainingPassword = 'jiuzhu-xunlian-2026'

/** An officer of a training deployment. Names are invented. */
export type SeedPerson = {
  id: string
  staffNumber: string
  name: string
  role: Role
  office: string
  /** Further posts in the same office. */
  otherRoles?: readonly Role[]
  relatives?: readonly { identityNumber: string; relation: string }[]
}

/** The sister of 赵雪梅, whom 赵雪梅 may not serve. Invented, with a valid check character. */
export const relativeOfAHandler = { name: '赵雪琴', identityNumber: '621002197503120022' }

/** Everybody who works in a training deployment, by place and desk. */
export const people = {
  xifeng: {
    beijie: {
      clerks: [person('xf-beijie-shequ', 1, 'VILLAGE_CLERK', '王秀兰')],
      handlers: [
        person('xf-beijie', 1, 'TOWNSHIP_HANDLER', '李想'),
        {
          ...person('xf-beijie', 2, 'TOWNSHIP_HANDLER', '赵雪梅'),
          relatives: [{ identityNumber: relativeOfAHandler.identityNumber, relation: '姐妹' }],
        },
      ],
      leaders: [
        person('xf-beijie', 3, 'TOWNSHIP_LEADER', '陈建国'),
        person('xf-beijie', 4, 'TOWNSHIP_LEADER', '周立新'),
      ],
    },
    dongzhi: {
      clerks: [person('xf-cuigou', 1, 'VILLAGE_CLERK', '刘满仓'), person('xf-beimen', 1, 'VILLAGE_CLERK', '田喜旺')],
      handlers: [
        person('xf-dongzhi', 1, 'TOWNSHIP_HANDLER', '郭小军'),
        person('xf-dongzhi', 2, 'TOWNSHIP_HANDLER', '杨春霞'),
      ],
      leaders: [
        person('xf-dongzhi', 3, 'TOWNSHIP_LEADER', '马国栋'),
        // A small town hall: who leads also handles, though never in one and the same case.
        { ...person('xf-dongzhi', 4, 'TOWNSHIP_LEADER', '何永红'), otherRoles: ['TOWNSHIP_HANDLER'] },
      ],
    },
    handlers: [
      person('xf-minzheng', 1, 'COUNTY_HANDLER', '孙晓燕'),
      person('xf-minzheng', 2, 'COUNTY_HANDLER', '张志远'),
    ],
    approvers: [
      person('xf-minzheng', 3, 'COUNTY_APPROVER', '高振华'),
      person('xf-minzheng', 4, 'COUNTY_APPROVER', '徐静'),
    ],
    supervisors: [person('xf-minzheng', 5, 'COUNTY_SUPERVISOR', '韩正清')],
    financeOfficers: [
      person('xf-caizheng', 1, 'FINANCE_OFFICER', '吴敏'),
      person('xf-caizheng', 2, 'FINANCE_OFFICER', '曹永强'),
    ],
  },
  qingyang: {
    supervisors: [person('qy-minzheng', 1, 'CITY_SUPERVISOR', '冯玉林')],
    auditors: [person('qy-minzheng', 2, 'AUDITOR', '董明理')],
    administrators: [person('qy-minzheng', 3, 'ADMINISTRATOR', '段启航')],
  },

  chongchuan: {
    haobin: {
      clerks: [person('cc-haodong', 1, 'VILLAGE_CLERK', '钱惠芳')],
      handlers: [
        person('cc-haobin', 1, 'TOWNSHIP_HANDLER', '沈佳怡'),
        person('cc-haobin', 2, 'TOWNSHIP_HANDLER', '顾明'),
      ],
      leaders: [
        person('cc-haobin', 3, 'TOWNSHIP_LEADER', '陆伟民'),
        person('cc-haobin', 4, 'TOWNSHIP_LEADER', '施红梅'),
      ],
    },
    jiangpan: {
      clerks: [person('cc-weitang', 1, 'VILLAGE_CLERK', '季根生')],
      handlers: [
        person('cc-jiangpan', 1, 'TOWNSHIP_HANDLER', '葛晓峰'),
        person('cc-jiangpan', 2, 'TOWNSHIP_HANDLER', '丁文娟'),
      ],
      leaders: [
        person('cc-jiangpan', 3, 'TOWNSHIP_LEADER', '严国平'),
        person('cc-jiangpan', 4, 'TOWNSHIP_LEADER', '蒋丽'),
      ],
    },
    handlers: [
      person('cc-minzheng', 1, 'COUNTY_HANDLER', '袁媛'),
      person('cc-minzheng', 2, 'COUNTY_HANDLER', '倪海涛'),
    ],
    approvers: [
      person('cc-minzheng', 3, 'COUNTY_APPROVER', '成国强'),
      person('cc-minzheng', 4, 'COUNTY_APPROVER', '黄蓉华'),
    ],
    supervisors: [person('cc-minzheng', 5, 'COUNTY_SUPERVISOR', '戴学文')],
    financeOfficers: [
      person('cc-caizheng', 1, 'FINANCE_OFFICER', '俞静'),
      person('cc-caizheng', 2, 'FINANCE_OFFICER', '瞿建中'),
    ],
  },
  nantong: {
    supervisors: [person('nt-minzheng', 1, 'CITY_SUPERVISOR', '朱培林')],
    auditors: [person('nt-minzheng', 2, 'AUDITOR', '秦思远')],
    administrators: [person('nt-minzheng', 3, 'ADMINISTRATOR', '范文博')],
  },
} satisfies PeopleTree

type PeopleTree = { [place: string]: SeedPerson[] | PeopleTree }

/** The same people as one list. */
export function everybody(tree: PeopleTree = people): SeedPerson[] {
  return Object.values(tree).flatMap((branch) => (Array.isArray(branch) ? branch : everybody(branch)))
}

/** The identity number of somebody who works in training: invented, with a valid check character, one for each. */
export function identityNumberOf({ id }: Pick<SeedPerson, 'id'>): string {
  const number = everybody().findIndex((person) => person.id === id)
  // Of a district in which no household of the training copy lives.
  const digits = `62100119800101${String(number).padStart(3, '0')}`
  return digits + checkCharacterOf(digits)
}

/** The post in which somebody works. */
export function postId({ office, role }: Pick<SeedPerson, 'office' | 'role'>): string {
  return `${office}.${role.toLowerCase().replaceAll('_', '-')}`
}

function person(office: string, number: number, role: Role, name: string): SeedPerson {
  const staffNumber = `${office}-${String(number).padStart(2, '0')}`
  return { id: `officer-${staffNumber}`, staffNumber, name, role, office }
}
