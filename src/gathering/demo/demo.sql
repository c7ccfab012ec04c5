-- SPDX-License-Identifier: EUPL-1.2
-- name: other_things() one
-- What is in the store that the demo did not put there.
SELECT (SELECT COUNT(*) FROM series WHERE is_demo = 0) AS "series:int",
    (SELECT COUNT(*) FROM series WHERE is_demo = 1) AS "demo_series:int",
    (SELECT COUNT(*) FROM person) AS "people:int",
    (SELECT COUNT(*) FROM organisation) AS "organisations:int"
FROM installation;
