-- Each investigator signs the survey sheet by themselves.
ALTER TYPE "Action" ADD VALUE 'SIGN_SURVEY' AFTER 'COMPLETE_SURVEY';
