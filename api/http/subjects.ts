/** The groups that the contract is read in, in the order in which a newcomer meets them; by the first part of a path. */
export const subjects = [
  { name: '登录与密码', parts: ['sessions', 'password-changes'] },
  {
    name: '案件办理',
    parts: [
      'assistance-cases',
      'matters',
      'application-files',
      'matter-searches',
      'bulk-previews',
      'bulk-acts',
      'worklist',
      'late-filings',
    ],
  },
  { name: '时限与超期', parts: ['overdue', 'board', 'deadline-forecast', 'bulletins'] },
  { name: '督办', parts: ['supervision-items', 'supervision-orders'] },
  { name: '缺勤、代班与移交', parts: ['absences', 'standing-deputies', 'hand-overs'] },
  { name: '岗位与人员', parts: ['posts', 'officers', 'staff-proposals'] },
  { name: '警报与搁置', parts: ['alarms', 'orphans', 'set-aside-items', 'replacing', 'warnings'] },
  { name: '审计', parts: ['audit'] },
  { name: '标准、日历与辖区', parts: ['parameters', 'calendar', 'calendar-years', 'calendar-redatings', 'places'] },
  { name: '外部机构回调', parts: ['callbacks'] },
  { name: '系统', parts: ['clock', 'training', 'healthz', 'openapi.json'] },
] as const

/** The group that a path belongs to; undefined where nobody has said, which a test does not let pass. */
export function subjectOf(path: string): string | undefined {
  const part = path.replace(/^\/(?:api\/)?/, '').split('/')[0]
  return subjects.find(({ parts }) => (parts as readonly (string | undefined)[]).includes(part))?.name
}
