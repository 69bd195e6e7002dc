-- Matters that are opened set-wide (reviews, alerts) are opened by the worker.
GRANT INSERT ON "matter", "matter_person" TO "jiuzhu_worker";
