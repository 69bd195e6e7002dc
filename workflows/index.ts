export { calendarRedatingWorkflow } from './calendar-redating/workflow.ts'
export { dailyRoundWorkflow } from './daily-round/workflow.ts'
export { assistanceCaseWorkflow } from './assistance-case/workflow.ts'
