-- Handing a file up to the county is an act of the township's own. Cases of before stand where they stood.
ALTER TYPE "Stage" ADD VALUE 'HANDING_UP' BEFORE 'COUNTY_REVIEW';
ALTER TYPE "Action" ADD VALUE 'HAND_UP' BEFORE 'REVIEW_FILE';
