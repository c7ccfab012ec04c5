-- compatible: LATER
-- SPDX-License-Identifier: EUPL-1.2
-- For tests/nodes/upgrade.test.mjs alone: what shuts out the programs of before.
ALTER TABLE tomorrow ADD COLUMN meaning text;
