import type { Level, OfficeKind } from '../../domain/vocabulary.ts'

/** An office and the place that its area begins at: everything below that place is its own. */
export type SeedOffice = { id: string; kind: OfficeKind; level: Level; name: string; place: string }

/** The offices of a training deployment. */
export const offices: SeedOffice[] = [
  villageCommittee('xf-beijie-shequ', '北街社区居民委员会', 'qingyang-xifeng-beijie-beijie'),
  villageCommittee('xf-cuigou', '崔沟村村民委员会', 'qingyang-xifeng-dongzhi-cuigou'),
  villageCommittee('xf-beimen', '北门村村民委员会', 'qingyang-xifeng-dongzhi-beimen'),
  townshipGovernment('xf-beijie', '北街街道办事处', 'qingyang-xifeng-beijie'),
  townshipGovernment('xf-dongzhi', '董志镇人民政府', 'qingyang-xifeng-dongzhi'),
  bureau('xf-minzheng', 'CIVIL_AFFAIRS_BUREAU', 'COUNTY', '西峰区民政局', 'qingyang-xifeng'),
  bureau('xf-caizheng', 'FINANCE_BUREAU', 'COUNTY', '西峰区财政局', 'qingyang-xifeng'),
  bureau('qy-minzheng', 'CIVIL_AFFAIRS_BUREAU', 'CITY', '庆阳市民政局', 'qingyang'),

  villageCommittee('cc-haodong', '濠东社区居民委员会', 'nantong-chongchuan-haobin-haodong'),
  villageCommittee('cc-weitang', '圩塘村村民委员会', 'nantong-chongchuan-jiangpan-weitang'),
  townshipGovernment('cc-haobin', '濠滨街道办事处', 'nantong-chongchuan-haobin'),
  townshipGovernment('cc-jiangpan', '江畔镇人民政府', 'nantong-chongchuan-jiangpan'),
  bureau('cc-minzheng', 'CIVIL_AFFAIRS_BUREAU', 'COUNTY', '崇川区民政局', 'nantong-chongchuan'),
  bureau('cc-caizheng', 'FINANCE_BUREAU', 'COUNTY', '崇川区财政局', 'nantong-chongchuan'),
  bureau('nt-minzheng', 'CIVIL_AFFAIRS_BUREAU', 'CITY', '南通市民政局', 'nantong'),
]

function villageCommittee(id: string, name: string, place: string): SeedOffice {
  return { id, kind: 'VILLAGE_COMMITTEE', level: 'VILLAGE', name, place }
}

function townshipGovernment(id: string, name: string, place: string): SeedOffice {
  return { id, kind: 'TOWNSHIP_GOVERNMENT', level: 'TOWNSHIP', name, place }
}

function bureau(id: string, kind: OfficeKind, level: Level, name: string, place: string): SeedOffice {
  return { id, kind, level, name, place }
}
