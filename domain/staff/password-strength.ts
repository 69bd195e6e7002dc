const shortest = 12
const fewestDifferent = 6
const fewestKinds = 3
const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/]

/** What is wrong with a new password, in sentences, all at once; nothing if it will do. */
export function weaknessesOf(
  password: string,
  { staffNumber, oldPassword }: { staffNumber: string; oldPassword: string },
): string[] {
  const characters = Array.from(password)
  const holdsStaffNumber = password.toLowerCase().includes(staffNumber.toLowerCase())
  return [
    ...(characters.length < shortest ? [`新密码至少${shortest}个字符。`] : []),
    ...(kinds.filter((kind) => kind.test(password)).length < fewestKinds
      ? ['新密码须包含大写字母、小写字母、数字和其他字符中的三种。']
      : []),
    ...(new Set(characters).size < fewestDifferent ? [`新密码至少有${fewestDifferent}个不同的字符。`] : []),
    ...(holdsStaffNumber ? ['新密码不能包含工号。'] : []),
    ...(password === oldPassword ? ['新密码不能与原密码相同。'] : []),
  ]
}
