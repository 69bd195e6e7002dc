export { calendarRedatingWorkflow } from './calendar-redating/workflow.ts'
export { assistanceCaseWorkflow } from './assistance-case/workflow.ts'
