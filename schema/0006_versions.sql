-- compatible: 5
-- SPDX-License-Identifier: EUPL-1.2
-- Everything that two people can change at once carries a version, so that the second is told. What stands in an older
-- document, or is written by an older program, begins with 1.

ALTER TABLE venue ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE space ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE party ADD COLUMN version int NOT NULL DEFAULT 1; -- with its contributions
ALTER TABLE reported_figure ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE frame_section ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE walk ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE turn ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE dish ADD COLUMN version int NOT NULL DEFAULT 1;
