-- compatible: 1
-- A draft is found by the id in its address, and its secret compared; a random index cost a page for each draft.
DROP INDEX signup_draft_by_secret;

-- How many are accepted is asked with each page of the public form: answered from the index, however many signed up.
CREATE INDEX signup_by_state ON signup (edition, state);
