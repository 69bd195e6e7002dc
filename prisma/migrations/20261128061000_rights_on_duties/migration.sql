-- What the counter writes of stand-ins, standing deputies and proposals, by column; the hands of the procedure write none.
GRANT UPDATE ("standInAgreedBy", "standInAgreedAt") ON "absence" TO "jiuzhu_api";
GRANT INSERT ON "standing_deputy", "staff_proposal" TO "jiuzhu_api";
GRANT UPDATE ("agreedBy", "agreedAt", "endedOn") ON "standing_deputy" TO "jiuzhu_api";
GRANT UPDATE ("agreedBy", "doneAt", "withdrawnBy", "withdrawnAt") ON "staff_proposal" TO "jiuzhu_api";
GRANT UPDATE ("identityIndex") ON "officer" TO "jiuzhu_api";
REVOKE SELECT ON "staff_proposal" FROM "jiuzhu_worker";
