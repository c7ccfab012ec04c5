-- compatible: 1
-- SPDX-License-Identifier: EUPL-1.2
-- Holds the place of a migration that lands on its own: this one changes nothing.

UPDATE kind SET position = position WHERE list = '';
