-- compatible: 5
-- SPDX-License-Identifier: EUPL-1.2
-- The session that a form began: sent again at once, it begins one more for who held the form, since the first answer may
-- never have reached them. once_key.status, which nothing ever read, is left empty from here on.
ALTER TABLE once_key ADD COLUMN session_hash bytes;
