-- SPDX-License-Identifier: EUPL-1.2
-- compatible: 1
--!0 migrations are called NNNN_name.sql and numbered from 0001 without gaps
CREATE TABLE person (id id PRIMARY KEY) FAMILY person ROOM account;
