-- SPDX-License-Identifier: EUPL-1.2
-- compatible: 1
ALTER TABLE turn ADD COLUMN places int;
ALTER TABLE turn MARK COLUMN title PERSONAL edition_end_plus_2_years;
CREATE TABLE figure (
    edition id   NOT NULL REFERENCES edition (id),
    name    text NOT NULL,
    value   real NOT NULL,
    PRIMARY KEY (edition, name)
) FAMILY edition ROOM report;
UPDATE organisation SET active = 0 WHERE name = 'the ''first''';
