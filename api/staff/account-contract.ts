import { passwordText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { RaisedAlarm } from '../oversight/alarm-contract.ts'
import { at, id } from '../http/nouns.ts'

export const NewPassword = z
  .strictObject({
    oldPassword: passwordText,
    newPassword: passwordText,
  })
  .meta({ id: 'NewPassword' })

export const PasswordChanged = z.object({ changedAt: at })

export const SignInUnlocked = z.object({ officerId: id, alarms: z.array(RaisedAlarm) })
