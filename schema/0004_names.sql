-- compatible: 3
-- SPDX-License-Identifier: EUPL-1.2
-- Guests are changed by several people.

ALTER TABLE guest ADD COLUMN version int;
UPDATE guest SET version = 1;
