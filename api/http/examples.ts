import { actionLabels } from '../../domain/procedures/words.ts'

type Example = Readonly<{ summary: string; value: unknown }>

// Places, posts and people are those of the training copy. A case, a paper, a version or a digest is whatever was shown
// before: here as it looks.
const shown = '3f9a0c5be27d41f0a6c8'
const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const placeId = 'qingyang-xifeng-beijie-beijie'
const [handler, otherHandler] = ['officer-xf-beijie-01', 'officer-xf-beijie-02']
const handlersPost = 'xf-beijie.township-handler'
const identityNumber = '11010519491231002X'
const seen = { versionSeen: 7 }
const watched = { limit: 'TOWNSHIP_OPINION', run: 1 }

const bankAccount = {
  holderName: '李秀英',
  kind: 'CARD',
  accountNumber: '6222021234567890128',
  bankName: '甘肃农信西峰联社',
}

const application = {
  placeId,
  members: [
    {
      name: '李秀英',
      identityNumber,
      relation: 'APPLICANT',
      hukouPlaceCode: '621002',
      residesInHousehold: true,
      workCapable: false,
      mobile: '13800138000',
      income: [{ kind: 'TRANSFER', monthlyFen: 18_000 }],
      property: [{ kind: 'DEPOSIT', valueFen: 200_000, description: '存折一本' }],
      hardships: ['ELDERLY'],
    },
  ],
  bankAccount,
  consents: {
    truthfulness: true,
    signedOn: '2026-07-01',
    authorisations: [{ identityNumber, signedOn: '2026-07-01' }],
  },
}

const surveySheet = {
  visitedOn: '2026-07-08',
  place: '北街社区3号楼2单元',
  memberPresent: '李秀英',
  findings: '与申报一致，家中无贵重物品。',
  neighbourEnquiries: ['邻居反映其长期独居。'],
  surveyed: [{ personId: shown, kind: 'TRANSFER', monthlyFen: 18_000 }],
}

const service = { manner: 'IN_PERSON', recipient: '李秀英', receivedAs: 'SELF', place: '北街社区居委会' }
const signature = { assessmentId: shown, opinion: '情况属实，同意。' }

const acts: Record<string, object> = {
  ACCEPT: {},
  RETURN: { to: 'CORRECTION', mendingList: ['补交残疾证', '补签核对授权书'] },
  RESUBMIT: { remark: '已补齐残疾证和授权书。' },
  BEGIN_SURVEY: { investigatorIds: [handler, otherHandler] },
  COMPLETE_SURVEY: { stableIncome: false, surveySheet, evidencePaperIds: [shown] },
  SIGN_SURVEY: { agrees: true },
  ASK_REGISTERS: { reason: '车辆信息已过有效期，重新核对。' },
  GIVE_OPINION: { agrees: true, ...signature },
  REVIEW_FILE: { agrees: true, ...signature },
  CONFIRM: signature,
  REFUSE: {
    assessmentId: shown,
    reasons: [{ code: 'INCOME_OVER_STANDARD', text: '家庭月人均收入高于当地标准。' }],
  },
  POST_NOTICE: { noticePlace: '北街社区公示栏', evidencePaperIds: [shown] },
  HAND_UP: {},
  VISIT_HOUSEHOLD: { findings: '县民政局两人入户核查，与申报情况一致。', evidencePaperIds: [shown] },
  EXPLAIN_ACCOUNT: { accountId: shown, reason: '同一户两名老人共用一本存折。', evidencePaperIds: [shown] },
  SETTLE_STATUS: {
    statusId: shown,
    answer: 'MEMBER_OFF',
    on: '2026-07-03',
    reason: '已查验死亡证明。',
    evidencePaperIds: [shown],
  },
  END_BENEFIT: { reason: '收款人已死亡，家庭没有其他成员。' },
  CORRECT_ACCOUNT: { bankAccount: { ...bankAccount, kind: 'PASSBOOK', accountNumber: '27010100123456' } },
  AGREE_ACCOUNT: { accountId: shown },
  SERVE_REFUSAL: { service, evidencePaperIds: [shown] },
  PREPARE_PAYMENT: {},
  RELEASE_PAYMENT: {},
  EXTEND: { cause: 'HARD_SURVEY', reason: '申请人住院，须待出院后入户。' },
  WITHDRAW: { reason: '子女已接走赡养，自愿撤回。' },
  AWAIT: { waitsFor: 'HOUSEHOLD', throughDay: '2026-07-20', reason: '等待申请人出院。' },
  END_WAITING: {},
  MARK_RISK: { mark: 'COMPLAINT', reason: '收到来电反映其另有住房。' },
  ASSIGN: { role: 'TOWNSHIP_HANDLER', officerId: handler },
  URGE: { ...watched, text: '请于今日内出具意见。' },
  ISSUE_ORDER: { ...watched, officeId: 'xf-beijie', text: '已超期，请说明原因并限期办结。' },
  ANSWER_ORDER: { text: '入户时申请人住院，已于今日补充调查。' },
  CLOSE_ORDER: { reason: '已办结。' },
}

/** Bodies to begin with, by route: each is in order as it stands, which a test holds. */
export const bodyExamples: Readonly<Record<string, Readonly<Record<string, Example>>>> = {
  'POST /api/sessions': one({ staffNumber: 'xf-beijie-shequ-01', password: 'jiuzhu-xunlian-2026' }),
  'POST /api/password-changes': one({ oldPassword: 'jiuzhu-xunlian-2026', newPassword: 'qingshan-lvshui-08' }),
  'POST /api/assistance-cases': one(application),
  'POST /api/matter-searches': {
    matterNumber: { summary: '按案件文号', value: { matterNumber: '西峰低保2026-00000001' } },
    name: { summary: '按任一成员姓名', value: { name: '李秀英' } },
    identityNumber: { summary: '按身份号码', value: { identityNumber } },
  },
  'POST /api/matters/{matterId}/acts': Object.fromEntries(
    Object.entries(acts).map(([action, rest]) => [
      action,
      { summary: actionLabels[action as keyof typeof actionLabels], value: { action, ...seen, ...rest } },
    ]),
  ),
  'POST /api/assistance-cases/{matterId}/assessments': one({ category: 'II' }),
  'POST /api/bulk-previews': one({ action: 'ACCEPT', matterIds: [shown] }),
  'POST /api/bulk-acts': {
    URGE: {
      summary: '催办',
      value: {
        action: 'URGE',
        text: '请抓紧办理。',
        rows: [{ matterId: shown, ...seen, ...watched, dueAt: '2026-07-20T09:00:00.000Z' }],
      },
    },
    ASSIGN: {
      summary: '指定经办人',
      value: { action: 'ASSIGN', role: 'TOWNSHIP_HANDLER', officerId: handler, rows: [{ matterId: shown, ...seen }] },
    },
    ACCEPT: {
      summary: '批量受理',
      value: { action: 'ACCEPT', likeness: '预览中给出的同类标识', rows: [{ matterId: shown, ...seen }] },
    },
  },
  'POST /api/supervision-items/{supervisionItemId}/answers': one({ text: '已安排今日入户。' }),
  'POST /api/absences': one({
    postId: handlersPost,
    officerId: handler,
    standInId: otherHandler,
    cause: 'LEAVE',
    fromOn: '2026-07-06',
    throughOn: '2026-07-10',
  }),
  'POST /api/absences/{absenceId}/ends': one({ backOn: '2026-07-09' }),
  'POST /api/standing-deputies': one({ postId: handlersPost, officerId: handler, deputyId: otherHandler }),
  'POST /api/hand-overs': one({
    postId: handlersPost,
    fromOfficerId: handler,
    toOfficerId: otherHandler,
    lastDay: '2026-07-31',
  }),
  'POST /api/hand-overs/{handOverId}/gives': one({ listDigest: digest }),
  'POST /api/hand-overs/{handOverId}/takes': one({ listDigest: digest }),
  'POST /api/posts/{postId}/holders': one({ officerId: otherHandler, fromOn: '2026-08-01' }),
  'POST /api/posts/{postId}/holders/{officerId}/ends': one({ lastDay: '2026-07-31' }),
  'POST /api/staff-proposals': {
    NEW_OFFICER: {
      summary: '新建账号',
      value: { kind: 'NEW_OFFICER', staffNumber: 'xf-beijie-05', name: '李秀英', identityNumber },
    },
    GIVE_POST: {
      summary: '安排到岗',
      value: { kind: 'GIVE_POST', postId: handlersPost, officerId: otherHandler, fromOn: '2026-08-01' },
    },
    END_POST: {
      summary: '结束在岗',
      value: { kind: 'END_POST', postId: handlersPost, officerId: handler, lastDay: '2026-07-31' },
    },
    RESET_PASSWORD: { summary: '重置密码', value: { kind: 'RESET_PASSWORD', officerId: handler } },
    DISABLE_OFFICER: { summary: '停用账号', value: { kind: 'DISABLE_OFFICER', officerId: handler } },
  },
  'POST /api/calendar-years': one({
    year: 2027,
    title: '国务院办公厅关于2027年部分节假日安排的通知',
    number: '国办发明电〔2026〕1号',
    publishedOn: '2026-11-05',
    days: [{ day: '2027-01-01', kind: 'HOLIDAY', name: '元旦' }],
  }),
  'POST /api/training/clock-moves': {
    workingDays: { summary: '前进工作日', value: { workingDays: 3 } },
    days: { summary: '前进自然日', value: { days: 7 } },
  },
}

function one(value: unknown): Record<string, Example> {
  return { example: { summary: '示例', value } }
}
