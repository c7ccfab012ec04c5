-- SPDX-License-Identifier: EUPL-1.2
-- What a store that may one day be spread over many machines must not have, as PostgreSQL's catalogues tell it; a line
-- each, in the words of rules_sqlite.sql. rule_table (place, name, family) is what the program says of its tables.
WITH ours AS (
    SELECT c.oid, c.relname, c.relkind, t.family, t.place FROM pg_class c LEFT JOIN rule_table t ON t.name = c.relname
    WHERE c.relnamespace = 'public'::regnamespace
), indexes AS (
    SELECT i.indexrelid, i.indisprimary, i.indisunique, o.relname, x.relname AS index_name, a.attname, o.family
    FROM pg_index i JOIN ours o ON o.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
), constraints AS (
    SELECT k.*, o.relname, o.family, o.place, f.relname AS to_name, f.family AS to_family, f.place AS to_place
    FROM pg_constraint k JOIN ours o ON o.oid = k.conrelid LEFT JOIN ours f ON f.oid = k.confrelid
)
SELECT 'extension ' || extname AS line FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger
UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'publication ' || pubname FROM pg_publication
UNION ALL SELECT 'table without family ' || relname FROM ours WHERE relkind IN ('r', 'p', 'f') AND family IS NULL
UNION ALL SELECT 'sequence ' || relname FROM ours WHERE relkind = 'S'
UNION ALL SELECT 'view ' || relname FROM ours WHERE relkind IN ('v', 'm')
UNION ALL SELECT 'no plain table ' || relname FROM ours WHERE relkind IN ('p', 'f', 'c')
UNION ALL SELECT 'inherited ' || o.relname FROM pg_inherits i JOIN ours o ON o.oid = i.inhrelid
UNION ALL SELECT 'rule ' || r.rulename FROM pg_rewrite r JOIN ours o ON o.oid = r.ev_class WHERE r.rulename <> '_RETURN'
UNION ALL SELECT 'row security ' || c.relname FROM pg_class c JOIN ours o ON o.oid = c.oid WHERE c.relrowsecurity
UNION ALL SELECT 'trigger ' || t.tgname || ' of ' || o.relname FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid
    WHERE NOT t.tgisinternal
UNION ALL SELECT 'deferrable reference of ' || relname || ' to ' || to_name FROM constraints
    WHERE condeferrable AND contype = 'f'
UNION ALL SELECT 'deferrable ' || conname || ' of ' || relname FROM constraints WHERE condeferrable AND contype <> 'f'
UNION ALL SELECT 'exclusion ' || conname || ' of ' || relname FROM constraints WHERE contype = 'x'
UNION ALL SELECT 'reference of ' || relname || ' to ' || to_name || ', which comes after it' FROM constraints
    WHERE contype = 'f' AND to_place > place
UNION ALL SELECT 'reference of ' || relname || ' to ' || to_name || ' without edition' FROM constraints k
    WHERE contype = 'f' AND to_family = 'edition' AND to_name <> 'edition' AND (family <> 'edition' OR
        NOT EXISTS (SELECT 1 FROM unnest(k.conkey, k.confkey) AS pair (here, there)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.here AND a.attname = 'edition'
            JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = pair.there AND b.attname = 'edition'))
UNION ALL SELECT 'identity ' || o.relname || '.' || a.attname FROM pg_attribute a JOIN ours o ON o.oid = a.attrelid
    WHERE a.attidentity <> ''
UNION ALL SELECT 'generated ' || o.relname || '.' || a.attname FROM pg_attribute a JOIN ours o ON o.oid = a.attrelid
    WHERE a.attgenerated <> ''
UNION ALL SELECT 'computed default ' || o.relname || '.' || a.attname
    FROM pg_attrdef d JOIN ours o ON o.oid = d.adrelid JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE a.attgenerated = '' AND pg_get_expr(d.adbin, d.adrelid) LIKE '%(%'
UNION ALL SELECT 'no key ' || relname FROM ours o WHERE relkind = 'r' AND
    NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = o.oid AND i.indisprimary)
UNION ALL SELECT 'key of ' || relname || ' without edition first' FROM indexes
    WHERE family = 'edition' AND indisprimary AND relname <> 'edition' AND attname IS DISTINCT FROM 'edition'
UNION ALL SELECT 'unique ' || index_name || ' of ' || relname || ' without edition first' FROM indexes
    WHERE family = 'edition' AND indisunique AND NOT indisprimary AND attname IS DISTINCT FROM 'edition'
UNION ALL SELECT 'index ' || index_name || ' of ' || relname || ' without edition first' FROM indexes
    WHERE family = 'edition' AND NOT indisunique AND attname IS DISTINCT FROM 'edition';
