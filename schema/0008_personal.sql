-- compatible: 5
-- SPDX-License-Identifier: EUPL-1.2
-- Free text in which people stand is personal too, and is kept no longer than it is of use; and what is asked by person
-- and by kind is found by an index.

-- Of the day itself: when it is over, nobody asks any more.
ALTER TABLE signup MARK COLUMN remarks PERSONAL edition_end_plus_90_days;
ALTER TABLE signup MARK COLUMN reason PERSONAL edition_end_plus_90_days;
ALTER TABLE item MARK COLUMN needs PERSONAL edition_end_plus_90_days;
-- Of use to who prepares the next edition.
ALTER TABLE signup MARK COLUMN staff_notes PERSONAL edition_end_plus_2_years;
ALTER TABLE guest MARK COLUMN words PERSONAL edition_end_plus_2_years;
-- Not marked: guest.name and item.performer, under which somebody stands in a programme that is public.

CREATE INDEX sign_in_by_person ON sign_in (person, created_ms);
CREATE INDEX sign_in_by_end ON sign_in (expires_ms);
-- Sign-in messages that wait are asked for twice a second, while the terminal shows them.
CREATE INDEX outbox_by_kind ON outbox (state, kind);
