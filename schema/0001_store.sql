-- compatible: 1
-- SPDX-License-Identifier: EUPL-1.2
-- What the store keeps for itself, and for every room above it.

-- One row: what this file is.
CREATE TABLE installation (
    id                 id   NOT NULL PRIMARY KEY,
    name               text NOT NULL,
    created_ms         int  NOT NULL,
    schema_version     int  NOT NULL,
    compatible_version int  NOT NULL
) FAMILY installation ROOM store LOCAL;

-- Who makes ids at present: 10 bits of every id. No id above reserved_id carries the number yet.
CREATE TABLE node (
    number      int NOT NULL PRIMARY KEY,
    holder      int NOT NULL,
    reserved_id id  NOT NULL
) FAMILY installation ROOM store LOCAL;

-- How often each part of an edition's public face has changed; edition 0 is the installation's own.
CREATE TABLE change (
    edition id  NOT NULL,
    part    int NOT NULL,
    version int NOT NULL,
    PRIMARY KEY (edition, part)
) FAMILY edition ROOM store LOCAL;

-- Who did what. The fact stays; what is personal about it stands apart and expires.
CREATE TABLE audit (
    id      id   NOT NULL PRIMARY KEY,
    at_ms   int  NOT NULL,
    person  id,
    edition id,
    action  text NOT NULL,
    subject id
) FAMILY installation ROOM store;
CREATE INDEX audit_by_subject ON audit (subject, id);

CREATE TABLE audit_personal (
    audit      id   NOT NULL PRIMARY KEY REFERENCES audit (id),
    expires_ms int  NOT NULL,
    detail     text NOT NULL PERSONAL audit_plus_90_days
) FAMILY installation ROOM store;
CREATE INDEX audit_personal_by_expiry ON audit_personal (expires_ms);

-- Forms that were acted on: the same form sent again is answered with what was answered then.
CREATE TABLE once_key (
    key_hash   bytes NOT NULL PRIMARY KEY,
    created_ms int   NOT NULL,
    status     int,
    location   text
) FAMILY installation ROOM account LOCAL;
CREATE INDEX once_key_by_age ON once_key (created_ms);
