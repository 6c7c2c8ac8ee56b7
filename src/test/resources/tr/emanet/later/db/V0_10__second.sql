INSERT INTO later (note) SELECT '9 before 10' WHERE EXISTS (SELECT 1 FROM later_ready);
