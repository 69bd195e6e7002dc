import type { Level, ResidenceKind } from '../../domain/vocabulary.ts'

/** A name with the division code that went with it, from a day on. */
type DatedName = { name: string; divisionCode: string; effectiveFrom: string; effectiveTo?: string }

/** A place as the seed states it. `county` is set from the county downwards. */
export type SeedPlace = {
  id: string
  parent: string | null
  level: Level
  county: string | null
  residenceKind: ResidenceKind | null
  names: DatedName[]
}

const since = '2010-01-01'

/**
 * The places of a training deployment: the nation, two provinces, a city and a county of each. Townships, villages and
 * their codes are invented for training; a real deployment loads its own.
 */
export const places: SeedPlace[] = [
  place('CN', null, 'NATION', ['中华人民共和国', '000000']),

  place('gansu', 'CN', 'PROVINCE', ['甘肃省', '620000']),
  place('qingyang', 'gansu', 'CITY', ['庆阳市', '621000']),
  place('qingyang-xifeng', 'qingyang', 'COUNTY', ['西峰区', '621002']),
  ...township('qingyang-xifeng', 'beijie', 'URBAN', ['北街街道', '621002001'], {
    beijie: ['北街社区', '621002001001'],
  }),
  ...township('qingyang-xifeng', 'dongzhi', 'RURAL', ['董志镇', '621002101'], {
    cuigou: ['崔沟村', '621002101201'],
    beimen: ['北门村', '621002101202'],
  }),

  place('jiangsu', 'CN', 'PROVINCE', ['江苏省', '320000']),
  place('nantong', 'jiangsu', 'CITY', ['南通市', '320600']),
  {
    ...place('nantong-chongchuan', 'nantong', 'COUNTY', ['崇川区', '320613']),
    // The district was founded anew in 2020, with the former Gangzha: same name, another code.
    names: [
      { name: '崇川区', divisionCode: '320602', effectiveFrom: since, effectiveTo: '2020-07-31' },
      { name: '崇川区', divisionCode: '320613', effectiveFrom: '2020-08-01' },
    ],
  },
  ...township('nantong-chongchuan', 'haobin', 'URBAN', ['濠滨街道', '320613001'], {
    haodong: ['濠东社区', '320613001001'],
  }),
  ...township('nantong-chongchuan', 'jiangpan', 'RURAL', ['江畔镇', '320613101'], {
    weitang: ['圩塘村', '320613101201'],
  }),
]

/** Where a training deployment takes its applications: the villages and communities by a short name. */
export const villages = {
  beijie: 'qingyang-xifeng-beijie-beijie',
  cuigou: 'qingyang-xifeng-dongzhi-cuigou',
  beimen: 'qingyang-xifeng-dongzhi-beimen',
  haodong: 'nantong-chongchuan-haobin-haodong',
  weitang: 'nantong-chongchuan-jiangpan-weitang',
} as const

type NameAndCode = [name: string, divisionCode: string]

function place(id: string, parent: string | null, level: Level, [name, divisionCode]: NameAndCode): SeedPlace {
  const county = level === 'COUNTY' ? id : null
  return { id, parent, level, county, residenceKind: null, names: [{ name, divisionCode, effectiveFrom: since }] }
}

function township(
  county: string,
  id: string,
  residenceKind: ResidenceKind,
  name: NameAndCode,
  villagesOfTownship: Record<string, NameAndCode>,
): SeedPlace[] {
  const townshipId = `${county}-${id}`
  const below = { county, residenceKind }
  return [
    { ...place(townshipId, county, 'TOWNSHIP', name), ...below },
    ...Object.entries(villagesOfTownship).map(([village, villageName]) => ({
      ...place(`${townshipId}-${village}`, townshipId, 'VILLAGE', villageName),
      ...below,
    })),
  ]
}
