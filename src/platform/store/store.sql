-- SPDX-License-Identifier: EUPL-1.2

-- name: installation() one
-- What this file is: its only row.
SELECT id, name, created_ms, schema_version, compatible_version FROM installation;

-- name: installation_create(id id, created_ms int, schema_version int, compatible_version int) exec
INSERT INTO installation (id, name, created_ms, schema_version, compatible_version)
VALUES ($id, '', $created_ms, $schema_version, $compatible_version);

-- name: installation_rename(name text) exec
UPDATE installation SET name = $name;

-- name: installation_migrated(schema_version int, compatible_version int) exec
UPDATE installation SET schema_version = $schema_version, compatible_version = $compatible_version;

-- name: nodes() many
-- Every node that ever made ids here, whether or not it is held.
SELECT number, holder, reserved_id FROM node ORDER BY number;

-- name: node_take(number int, holder int, reserved_id id) exec
INSERT INTO node (number, holder, reserved_id) VALUES ($number, $holder, $reserved_id)
ON CONFLICT (number) DO UPDATE SET holder = excluded.holder, reserved_id = excluded.reserved_id;

-- name: node_reserve(number int, holder int, reserved_id id) exec
-- Changes no row when somebody else has taken the node since.
UPDATE node SET reserved_id = $reserved_id WHERE number = $number AND holder = $holder;

-- name: node_release(number int, holder int, last_id id) exec
UPDATE node SET holder = 0, reserved_id = $last_id WHERE number = $number AND holder = $holder;

-- name: changed(edition id, part int, node int) exec
INSERT INTO change (edition, part, node, version) VALUES ($edition, $part, $node, 1)
ON CONFLICT (edition, part, node) DO UPDATE SET version = change.version + 1;

-- name: versions(edition id) many
SELECT part, CAST(SUM(version) AS BIGINT) AS "version:int" FROM change WHERE edition = $edition GROUP BY part;

-- name: versions_of(editions id[]) many
-- Whole sums and nothing like "newer than": commits come in another order than their rows were numbered, and a sum
-- that is compared with the one before misses none of them.
SELECT edition, part, CAST(SUM(version) AS BIGINT) AS "version:int" FROM change
WHERE edition IN ($editions[]) GROUP BY edition, part;

-- name: gate_pass(edition id, gate id) exec
-- Has the gate alone from here to the end of the transaction.
INSERT INTO gate (edition, gate, passes) VALUES ($edition, $gate, 1)
ON CONFLICT (edition, gate) DO UPDATE SET passes = gate.passes + 1;

-- name: audit_add(id id, at_ms int, person id?, edition id?, action text, subject id?) exec
INSERT INTO audit (id, at_ms, person, edition, action, subject)
VALUES ($id, $at_ms, $person, $edition, $action, $subject);

-- name: audit_personal_add(audit id, expires_ms int, detail text) exec
INSERT INTO audit_personal (audit, expires_ms, detail) VALUES ($audit, $expires_ms, $detail);

-- name: audit_personal_erase(person id) exec
-- The details of what somebody did.
DELETE FROM audit_personal WHERE audit IN (SELECT audit.id FROM audit WHERE audit.person = $person);

-- name: audit_personal_erase_about(subject id) exec
DELETE FROM audit_personal WHERE audit IN (SELECT audit.id FROM audit WHERE audit.subject = $subject);

-- name: audit_personal_erase_in(person id, editions id[]) exec
DELETE FROM audit_personal WHERE audit IN
    (SELECT audit.id FROM audit WHERE audit.person = $person AND audit.edition IN ($editions[]));

-- name: audit_personal_expire(now_ms int) exec
DELETE FROM audit_personal WHERE expires_ms <= $now_ms;
