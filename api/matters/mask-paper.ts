import { maskBankAccountNumber } from '../../domain/household/bank-account.ts'
import { maskIdentityNumber } from '../../domain/household/identity-number.ts'
import { maskMobileNumber } from '../../domain/household/mobile-number.ts'
import type { PaperKind } from '../../domain/vocabulary.ts'
import type { ApplicationPaper } from '../../prisma/stores/household/applications.ts'

/** What a paper of words says, with the numbers of people masked; the sealed paper itself stays whole. */
export function maskPaper(kind: PaperKind, body: object): object {
  return kind === 'APPLICATION' ? maskApplication(body as ApplicationPaper) : body
}

function maskApplication({ intake, personIds, handedInOn }: ApplicationPaper): object {
  const { members, bankAccount, consents } = intake
  return {
    handedInOn,
    personIds,
    intake: {
      ...intake,
      members: members.map((member) => ({
        ...member,
        identityNumber: maskIdentityNumber(member.identityNumber),
        ...(member.mobile === undefined ? {} : { mobile: maskMobileNumber(member.mobile) }),
      })),
      bankAccount: maskAccount(bankAccount),
      consents: {
        ...consents,
        authorisations: consents.authorisations.map((authorisation) => ({
          ...authorisation,
          identityNumber: maskIdentityNumber(authorisation.identityNumber),
        })),
      },
    },
  }
}

function maskAccount(account: ApplicationPaper['intake']['bankAccount']): object {
  const { accountNumber, keeper } = account
  return {
    ...account,
    accountNumber: maskBankAccountNumber(accountNumber),
    ...(keeper === undefined
      ? {}
      : { keeper: { ...keeper, identityNumber: maskIdentityNumber(keeper.identityNumber) } }),
  }
}
