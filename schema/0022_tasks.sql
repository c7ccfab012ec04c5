-- compatible: 14
-- SPDX-License-Identifier: EUPL-1.2
-- The plan of the weeks before the day (src/gathering/tasks). A program of before leaves it alone.

CREATE TABLE task (
    edition  id   NOT NULL REFERENCES edition (id),
    id       id   NOT NULL,
    kind     text NOT NULL, -- what the program knows of it (tasks/known.c); '' where it is only words
    words    text NOT NULL,
    due_days int, -- after the day of the gathering, below 0 before it; NULL: not told by the day
    due_on   text NOT NULL, -- a date of its own, "2026-05-12"; '' none. Never beside due_days
    person   id   REFERENCES person (id), -- of the team; NULL: nobody, or who stands in whom
    is_hosts bool NOT NULL, -- the host is to do it
    whom     text NOT NULL PERSONAL edition_end_plus_90_days, -- for whom, in words
    note     text NOT NULL PERSONAL edition_end_plus_90_days,
    state    text NOT NULL, -- todo doing done not_needed
    state_by id   REFERENCES person (id), -- who said so; NULL: nobody yet, or the command line
    state_ms int, -- and when
    version  int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM tasks;
CREATE INDEX task_by_person ON task (person);
