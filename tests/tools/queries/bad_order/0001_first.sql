-- SPDX-License-Identifier: EUPL-1.2
-- compatible: 1
CREATE TABLE person (id id PRIMARY KEY) FAMILY person ROOM account;
CREATE INDEX person_name ON person (name); --! no such column: name
