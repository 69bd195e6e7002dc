import { z } from '../../domain/schemas/zod.ts'
import { RaisedAlarm } from './alarms.ts'
import { at, id } from './nouns.ts'

export const NewPassword = z
  .strictObject({
    oldPassword: z.string().min(1, '请填写原密码。').max(256),
    newPassword: z.string().min(1, '请填写新密码。').max(256),
  })
  .meta({ id: 'NewPassword' })

export const PasswordChanged = z.object({ changedAt: at })

export const SignInUnlocked = z.object({ officerId: id, alarms: z.array(RaisedAlarm) })
