// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/engine.h"

#include "platform/base/random.h"
#include "store_sql.h"
#include <assert.h>

enum { RESERVE_MS = 1000, ENOUGH_MS = 500 };

void node_open(Node *node) {
    *node = (Node){0};
    do random_secret(&node->holder, sizeof node->holder);
    while (node->holder == 0);
    if (node->holder < 0) node->holder = ~node->holder;
}

/* The first id of a node at a moment. */
static Id id_at(unsigned number, int64_t ms) {
    IdMaker maker;
    id_maker_open(&maker, number, 0);
    return id_next(&maker, ms);
}

static int64_t latest_ms(const Node *node, const Tx *tx) {
    int64_t last_ms = node->last ? id_time_ms(node->last) : 0;
    return last_ms > tx->now_ms ? last_ms : tx->now_ms;
}

/* Free is a node given back, one whose reserved time is past, and our own. */
static bool is_free(const Node *node, const StoreNodesRow *row, int64_t now_ms) {
    return row->holder == 0 || row->holder == node->holder || id_time_ms(row->reserved_id) < now_ms;
}

static void lease(Node *node, Tx *tx) {
    StoreNodesRows rows = store_sql_nodes(tx);
    int64_t number = 0;
    bool found = false;
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].reserved_id > node->last) node->last = rows.rows[i].reserved_id;
        if (found || rows.rows[i].number > number) continue;
        found = is_free(node, &rows.rows[i], tx->now_ms);
        if (!found) number++;
    }
    if (number >= ID_NODES)
        arena_fail(tx->arena, ERR_BUSY, "%d programs are writing to the data file at once", ID_NODES);
    node->number = (unsigned)number;
    /* From the next millisecond on: ids are compared by node before counter. */
    if (node->last) node->last = id_at(node->number, id_time_ms(node->last) + 1);
    id_maker_open(&node->maker, node->number, node->last);
    node->reserved = id_at(node->number, latest_ms(node, tx) + RESERVE_MS);
    store_sql_node_take(tx, number, node->holder, node->reserved);
    node->leased = true;
}

static void reserve(Node *node, Tx *tx) {
    Id reserved = id_at(node->number, latest_ms(node, tx) + RESERVE_MS);
    if (store_sql_node_reserve(tx, node->number, node->holder, reserved) == 1) {
        node->reserved = reserved;
    } else { /* our time was past, and another took the node */
        node->leased = false;
        lease(node, tx);
    }
}

void node_prepare(Node *node, Tx *tx) {
    assert(tx->writes);
    if (!node->leased) lease(node, tx);
    else if (id_at(node->number, latest_ms(node, tx) + ENOUGH_MS) > node->reserved) reserve(node, tx);
}

void node_committed(Node *node) { node->committed = node->reserved; }

/* What the lost transaction reserved is not on disk: lease anew, above all that was given. */
void node_rolled_back(Node *node) {
    if (node->reserved != node->committed) node->leased = false;
}

Id node_next(Node *node, Tx *tx) {
    assert(tx->writes && node->leased);
    Id id = id_next(&node->maker, tx->now_ms);
    if (id >= node->reserved) arena_fail(tx->arena, ERR_LIMIT, "too many ids in one transaction");
    node->last = id;
    return id;
}

void node_give_back(Node *node, Tx *tx) {
    if (node->leased) store_sql_node_release(tx, node->number, node->holder, node->last);
    node->leased = false;
}
