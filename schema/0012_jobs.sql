-- compatible: 12
-- SPDX-License-Identifier: EUPL-1.2
-- Work that one node does for all of them, now and then (src/platform/jobs/job.h).

-- Who does it now, until when nobody else may, and when it is next to be done. taken counts those who took it: who
-- lost it to another meanwhile finds another count, and what they did is undone.
CREATE TABLE job (
    name     text NOT NULL PRIMARY KEY,
    taken    int  NOT NULL,
    lease_ms int  NOT NULL,
    due_ms   int  NOT NULL
) FAMILY installation ROOM jobs LOCAL;
