-- Accounts that are no cards, and names as banks write them. What is there is a card in the holder's own name.
ALTER TABLE "payee_account" ADD COLUMN "nameAtBank" TEXT;
ALTER TABLE "payee_account" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'CARD' CHECK ("kind" IN ('CARD', 'PASSBOOK', 'OTHER'));
ALTER TABLE "payee_account" ADD COLUMN "numberLooksWrong" BOOLEAN NOT NULL DEFAULT false;
