-- SPDX-License-Identifier: EUPL-1.2
--!^ it begins with -- compatible: and the oldest schema number
CREATE TABLE series (id id PRIMARY KEY, name varchar NOT NULL) FAMILY installation ROOM editions; --! name: not a type: varchar
CREATE TABLE Series (id id PRIMARY KEY) FAMILY installation ROOM editions; --! a table's name is written in small letters
CREATE TABLE keyless (id id) FAMILY installation ROOM editions; --! keyless has no PRIMARY KEY
CREATE TABLE nofamily (id id PRIMARY KEY) ROOM editions; --! nofamily: FAMILY is one of
CREATE TABLE noroom (id id PRIMARY KEY) FAMILY person; --! noroom: ROOM is missing
CREATE TABLE farroom (id id PRIMARY KEY) FAMILY person ROOM attic; --! no such room: attic
CREATE TABLE topmost (id id PRIMARY KEY) FAMILY person ROOM src; --! no such room: src
CREATE TABLE plain (id id PRIMARY KEY) FAMILY edition ROOM walks; --! plain: the key of an edition's table leads with edition
CREATE TABLE later (id id PRIMARY KEY REFERENCES sooner (id)) FAMILY person ROOM walks; --! no such table yet: sooner
CREATE TABLE halfkey (id id NOT NULL, two id,
    PRIMARY KEY (id, two)) FAMILY person ROOM walks; --! two is part of the key: write NOT NULL
CREATE TABLE personal (id id PRIMARY KEY, phone text PERSONAL) FAMILY person ROOM walks; --! PERSONAL ends the column
CREATE TABLE twice (id id PRIMARY KEY, id id) FAMILY person ROOM walks; --! the column id is there already
CREATE TABLE series (id id PRIMARY KEY) FAMILY person ROOM walks; --! the table series is there already
CREATE VIEW v AS SELECT id FROM series; --! a migration has no such statement: CREATE VIEW
ALTER TABLE series RENAME TO rows; --! of ALTER TABLE there is only ADD COLUMN
ALTER TABLE series MARK COLUMN nowhere PERSONAL soon; --! no such column: nowhere
ALTER TABLE series MARK COLUMN id PERSONAL; --! MARK COLUMN name PERSONAL and how long it is kept
ALTER TABLE nothing ADD COLUMN n int; --! no such table: nothing
DROP TABLE nothing; --! DROP TABLE or DROP INDEX
UPDATE series SET name = $name; --! a migration has no parameters
UPDATE series SET name = iif(1, 'a', 'b'); --! iif: write CASE WHEN
CREATE TABLE worded (id id PRIMARY KEY, full bool NOT NULL) FAMILY person ROOM walks; --! full is reserved in SQL: not fit to name a column
CREATE TABLE vague (id id PRIMARY KEY REFERENCES plain) FAMILY person ROOM walks; --! REFERENCES plain (column) names the column
CREATE TABLE counted (id id PRIMARY KEY AUTOINCREMENT) FAMILY person ROOM walks; --! AUTOINCREMENT: not in a store of many machines
CREATE TABLE patient (id id PRIMARY KEY,
    series id REFERENCES series (id) DEFERRABLE) FAMILY person ROOM walks; --! DEFERRABLE: not in a store of many machines
