/** What ties an officer to the people of a case. */
export type HouseholdTies = { memberOfHousehold: boolean; relativeOfHousehold: boolean }

/** Why an officer has nothing to do with a case, by the name of the refusal that tells them. */
export type Recusal = 'ownCase' | 'relativeOfHousehold'

/**
 * Nobody deals with their own household or with a relative's (57 Art. 11): not by an act, not by reading, on whatever
 * post. Null for everybody else. Such an officer learns that there is a case to keep away from, and nothing about it.
 */
export function recusalOf({ memberOfHousehold, relativeOfHousehold }: HouseholdTies): Recusal | null {
  if (memberOfHousehold) return 'ownCase'
  return relativeOfHousehold ? 'relativeOfHousehold' : null
}
