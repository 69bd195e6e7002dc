import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { describe, expect, it } from 'vitest'
import { meaningOf } from '../../api/matters/engine-answers.ts'
import { setUpFaults } from '../../domain/vocabulary.ts'
import { createTurns } from '../../api/matters/turns.ts'

const failedBy = (type: string) =>
  new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.create({ type, message: type }))
const grpc = (code: number) => Object.assign(new Error('from the engine'), { code, details: '', metadata: {} })

describe('what the engine answers in an update’s place', () => {
  it.each(setUpFaults)('%s is something that a person has to set up', (name) => {
    expect(meaningOf(failedBy(name))).toEqual({ kind: 'SET_UP', name })
  })

  it('a refusal by name is the procedure’s', () => {
    expect(meaningOf(failedBy('caseClosed'))).toEqual({ kind: 'REFUSED', code: 'caseClosed' })
  })

  it.each([
    ['an update that no worker took up', failedBy('UnprocessedUpdate')],
    ['a run that ended under the update', failedBy('AcceptedUpdateCompletedWorkflow')],
    ['too many updates under way', grpc(8)],
    ['a procedure whose task fails', grpc(9)],
    ['no answer in time', grpc(4)],
    ['an engine that is away', new Error('update failed', { cause: grpc(14) })],
  ])('%s speaks of the moment, never of the set-up', (_, error) => {
    expect(meaningOf(error)).toEqual({ kind: 'NOT_NOW' })
  })

  it('a procedure that is not there is told as such', () => {
    expect(meaningOf(new WorkflowNotFoundError('gone', 'assistance-case/1', undefined))).toEqual({ kind: 'NOT_THERE' })
  })

  it.each([
    [failedBy('TypeError'), 'TypeError'],
    [new WorkflowUpdateFailedError('failed', undefined), 'unnamed'],
    [grpc(3), 'gRPC 3'],
    [new RangeError('nobody thought of it'), 'RangeError'],
  ])('%s is for somebody to look at, and no set-up fault', (error, name) => {
    expect(meaningOf(error)).toEqual({ kind: 'UNFORESEEN', name })
  })
})

describe('turns', () => {
  const soon = () => Date.now() + 5_000

  it('let so many of one key through, the others in the order in which they came', async () => {
    const turns = createTurns(2)
    const [first, second] = [await turns.take('a', soon()), await turns.take('a', soon())]
    const entered: string[] = []
    const third = turns.take('a', soon()).then((turn) => (entered.push('third'), turn))
    const fourth = turns.take('a', soon()).then((turn) => (entered.push('fourth'), turn))
    expect(await turns.take('b', soon())).not.toBeNull()
    expect(entered).toEqual([])
    first?.()
    // Given back twice is given back once.
    first?.()
    const inThird = await third
    expect(entered).toEqual(['third'])
    second?.()
    await fourth
    inThird?.()
    expect(entered).toEqual(['third', 'fourth'])
  })

  it('are given up at the deadline, and cost nobody else theirs', async () => {
    const turns = createTurns(1)
    const first = await turns.take('a', soon())
    expect(await turns.take('a', Date.now() + 20)).toBeNull()
    const third = turns.take('a', soon())
    first?.()
    expect(await third).not.toBeNull()
  })
})
