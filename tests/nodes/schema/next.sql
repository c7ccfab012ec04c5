-- compatible: 8
-- SPDX-License-Identifier: EUPL-1.2
-- For tests/nodes/upgrade.test.mjs alone: what a program of tomorrow may add while those of today serve.
CREATE TABLE tomorrow (
    id   id   NOT NULL PRIMARY KEY,
    word text NOT NULL
) FAMILY installation ROOM store LOCAL;
ALTER TABLE job ADD COLUMN remark text;
