/** What a verification may find, in the words in which people are told. */
export const findingTexts = {
  RECORD_MISSING: { zh: '缺少审计记录', en: 'an audit record is missing' },
  RECORD_CHANGED: { zh: '审计记录被改动', en: 'an audit record was changed' },
  LINK_BROKEN: { zh: '审计记录与上一条不衔接', en: 'an audit record does not follow from the one before' },
  FORM_UNKNOWN: { zh: '审计记录的格式版本无法识别', en: 'an audit record is in a form that is not known' },
  FORM_FALSE: { zh: '审计记录的格式版本前后不符', en: 'the forms of audit records do not join' },
  EVENT_MISSING: { zh: '审计记录所载的办理事件缺失', en: 'an event that the audit holds is missing' },
  EVENT_CHANGED: { zh: '办理事件与审计记录不一致', en: 'an event is not what the audit says of it' },
  EVENT_UNRECORDED: { zh: '办理事件没有审计记录', en: 'an event has no audit record' },
  EVENT_OUT_OF_ORDER: { zh: '办理事件重复或次序不符', en: 'an event is recorded twice or out of order' },
  PAPER_MISSING: { zh: '引用的材料缺失', en: 'a paper that is cited is missing' },
  PAPER_CHANGED: { zh: '材料与引用时不一致', en: 'a paper is not what was cited' },
  PAPER_ERASED: { zh: '材料内容被清除而审计中没有记载', en: 'a paper was erased and the audit does not say so' },
  TAIL_CUT: { zh: '登记簿末尾的记录被截去', en: 'the end of a register was cut off' },
  REGISTER_DELETED: { zh: '整本登记簿缺失', en: 'a whole register is missing' },
  CHAIN_RECOMPUTED: { zh: '封存之后审计链被重新计算', en: 'a chain was computed anew after it had been sealed' },
  UNSEALED_THOUGH_OLD: {
    zh: '早于最近一次封存的记录不在封存之内',
    en: 'records older than the last seal are in no seal',
  },
  SEAL_OVERDUE: { zh: '超过两天未封存', en: 'nothing was sealed for more than two days' },
  SEAL_MISSING: { zh: '缺少封存', en: 'a seal is missing' },
  SEAL_CHANGED: { zh: '封存内容被改动', en: 'a seal was changed' },
  SEAL_FORGED: { zh: '封存的签名不符', en: 'the signature of a seal does not fit' },
  SEAL_KEY_UNKNOWN: { zh: '封存所用的密钥未知', en: 'a seal is signed with a key that is not known' },
  SEALED_HEADS_CHANGED: { zh: '封存所列的登记簿末条被改动', en: 'the heads that a seal covers were changed' },
  SEAL_NOT_IN_ARCHIVE: { zh: '档案外的封存文件中有而档案中没有的封存', en: 'a seal of the file is not in the archive' },
  SEAL_UNLIKE_FILE: { zh: '档案中的封存与封存文件不一致', en: 'a seal in the archive differs from the file' },
  SEAL_NOT_IN_FILE: { zh: '封存文件中缺少的封存', en: 'a seal of the archive is missing in the file' },
  LOOKS_CHANGED: { zh: '查阅记录与汇总摘要不一致', en: 'looks are not what their digest says' },
  LOOK_UNRECORDED: { zh: '查阅记录标注的汇总不存在', en: 'looks bear a roll-up that does not exist' },
} as const satisfies Record<string, { zh: string; en: string }>

export type FindingKind = keyof typeof findingTexts

/** Something that does not hold, and where: in which register, at which record or number, and what of it. */
export type Finding = Readonly<{ kind: FindingKind; register: string | null; seq: number | null; what: string | null }>
