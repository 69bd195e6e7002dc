import { createHash } from 'node:crypto'
import type { ApplicationIntakeInput } from '../../domain/schemas/application-intake.ts'
import type { Hardship, IncomeKind, PropertyKind, Relation } from '../../domain/vocabulary.ts'
import { anAccountNumber, anIdentityNumber, type Sex } from './numbers.ts'

export type FamilyMember = {
  name: string
  identityNumber: string
  relation: Relation
  adult: boolean
  /** Lives in a household of their own. */
  away?: boolean
}

type Facts = {
  seed: string
  members: readonly FamilyMember[]
  income: readonly { kind: IncomeKind; monthlyFen: number }[]
  property: readonly { kind: PropertyKind; valueFen: number; description: string }[]
  hardships: readonly Hardship[]
  accountNumber?: string
  keeper?: Keeper
}

type Keeper = NonNullable<ApplicationIntakeInput['bankAccount']['keeper']>

/** A household of the test world: `aHousehold('story/1').of(3).earning(900_00)`. Every change makes another one. */
export class Household {
  readonly #facts: Facts

  constructor(facts: Facts) {
    this.#facts = facts
  }

  /** Applicant, then spouse, then minor children. */
  of(size: number): Household {
    const { seed, members } = this.#facts
    const surname = Array.from((members[0] as FamilyMember).name)[0] as string
    const others = Array.from({ length: size - 1 }, (_, index) => aRelative(seed, surname, index + 1))
    return this.#with({ members: [members[0] as FamilyMember, ...others] })
  }

  /** Of the applicant, who passes on the surname; say it before `of`. */
  headedBy(name: string): Household {
    const [applicant, ...others] = this.#facts.members
    return this.#with({ members: [{ ...(applicant as FamilyMember), name }, ...others] })
  }

  /** With the identity number of somebody in particular as the applicant's. */
  ofPerson({ name, identityNumber }: { name: string; identityNumber: string }): Household {
    const [applicant, ...others] = this.#facts.members
    return this.#with({ members: [{ ...(applicant as FamilyMember), name, identityNumber }, ...others] })
  }

  /** With somebody listed who is the applicant of a household of their own, or would be. */
  listing({ applicant }: Household, { away }: { away: boolean }): Household {
    const listed: FamilyMember = { ...applicant, relation: 'SIBLING', away }
    return this.#with({ members: [...this.#facts.members, listed] })
  }

  /** Declared wages of the applicant, fen a month. */
  earning(monthlyFen: number): Household {
    return this.#with({ income: [...this.#facts.income, { kind: 'WAGE', monthlyFen }] })
  }

  /** Declared farm income of the applicant, fen a month. */
  farming(monthlyFen: number): Household {
    return this.#with({ income: [...this.#facts.income, { kind: 'FARMING', monthlyFen }] })
  }

  owning(kind: PropertyKind, valueFen: number, description: string): Household {
    return this.#with({ property: [...this.#facts.property, { kind, valueFen, description }] })
  }

  strickenBy(...hardships: Hardship[]): Household {
    return this.#with({ hardships })
  }

  /** Wants to be paid into the account that another household named. */
  sharingTheAccountOf({ accountNumber }: Household): Household {
    return this.#with({ accountNumber })
  }

  /** Somebody keeps card or passbook for the applicant. */
  whoseAccountIsKeptBy(keeper: Keeper): Household {
    return this.#with({ keeper })
  }

  get members(): readonly FamilyMember[] {
    return this.#facts.members
  }

  get applicant(): FamilyMember {
    return this.#facts.members[0] as FamilyMember
  }

  get accountNumber(): string {
    return this.#facts.accountNumber ?? anAccountNumber(this.#facts.seed)
  }

  /** The application as the clerk types it in. */
  applicationAt(at: { placeId: string; divisionCode: string; signedOn: string }): ApplicationIntakeInput {
    const { placeId, divisionCode, signedOn } = at
    const { members, income, property, hardships } = this.#facts
    return {
      placeId,
      members: members.map(({ name, identityNumber, relation, adult, away }, index) => ({
        name,
        identityNumber,
        relation,
        hukouPlaceCode: divisionCode,
        residesInHousehold: away !== true,
        workCapable: adult,
        income: index === 0 ? [...income] : [],
        property: index === 0 ? [...property] : [],
        hardships: index === 0 ? [...hardships] : [],
      })),
      bankAccount: {
        holderName: this.applicant.name,
        accountNumber: this.accountNumber,
        bankName: '甘肃农信西峰联社',
        ...(this.#facts.keeper === undefined ? {} : { keeper: this.#facts.keeper }),
      },
      consents: {
        truthfulness: true,
        signedOn,
        authorisations: members
          .filter(({ adult }) => adult)
          .map(({ identityNumber }) => ({ identityNumber, signedOn })),
      },
    }
  }

  #with(change: Partial<Facts>): Household {
    return new Household({ ...this.#facts, ...change })
  }
}

/** One person on their own with nothing to declare; the same seed gives the same people. */
export function aHousehold(seed: string): Household {
  const name = pick(surnames, seed, 'surname') + pick(givenNames.MALE, seed, 'name')
  const identityNumber = anIdentityNumber({ seed: `${seed}/0`, bornFrom: 1972, bornUntil: 1988, sex: 'MALE' })
  const applicant: FamilyMember = { name, identityNumber, relation: 'APPLICANT', adult: true }
  return new Household({ seed, members: [applicant], income: [], property: [], hardships: [] })
}

function aRelative(seed: string, surname: string, index: number): FamilyMember {
  const own = `${seed}/${index}`
  if (index === 1) {
    const name = pick(surnames, own, 'surname') + pick(givenNames.FEMALE, own, 'name')
    const identityNumber = anIdentityNumber({ seed: own, bornFrom: 1974, bornUntil: 1989, sex: 'FEMALE' })
    return { name, identityNumber, relation: 'SPOUSE', adult: true }
  }
  const sex: Sex = index % 2 === 0 ? 'FEMALE' : 'MALE'
  const identityNumber = anIdentityNumber({ seed: own, bornFrom: 2014, bornUntil: 2019, sex })
  return { name: surname + pick(givenNames[sex], own, 'name'), identityNumber, relation: 'CHILD', adult: false }
}

const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '马', '朱', '胡', '郭']
const givenNames = {
  MALE: ['建军', '志强', '永福', '小平', '成林', '守义', '国栋', '海龙', '生财', '文斌', '宏伟', '拴柱'],
  FEMALE: ['秀英', '桂兰', '玉梅', '小燕', '翠萍', '春花', '雅琴', '彩霞', '婷婷', '美玲', '雪莲', '思雨'],
} as const

function pick(from: readonly string[], ...seed: string[]): string {
  return from[createHash('sha256').update(seed.join('|')).digest().readUInt32BE(0) % from.length] as string
}
