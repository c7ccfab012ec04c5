-- compatible: 5
-- SPDX-License-Identifier: EUPL-1.2
-- Who is named in public: of which organisation a consent speaks, wishes that wait for the person they are of, and what
-- an organisation offered for the programme itself. A program that does not know these names those who did not agree.

ALTER TABLE consent ADD COLUMN subject id; -- what it is about beside the person: of "directory", the organisation
CREATE INDEX consent_by_subject ON consent (subject, purpose);
-- Until now it was known by who signed up whom.
UPDATE consent SET subject = (SELECT MIN(signup.organisation) FROM signup
    WHERE signup.edition = consent.edition AND signup.contact = consent.person)
WHERE purpose = 'directory';

-- The words that were ticked in the public form for a contact who was known and did not act: no consent until they say
-- so themselves, or tell a coordinator.
ALTER TABLE signup ADD COLUMN listing_wish text;

-- The organisation that offered it itself and was told that its name will stand in the programme.
ALTER TABLE item ADD COLUMN offered_by id REFERENCES organisation (id);
ALTER TABLE published_item ADD COLUMN offered_by id;

ALTER TABLE guest ADD COLUMN version int;
UPDATE guest SET version = 1;
