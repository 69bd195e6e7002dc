export { assistanceCaseWorkflow } from './assistance-case/workflow.ts'
