// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/engine.h"

#include "platform/base/random.h"
#include "store_sql.h"
#include <assert.h>

void node_open(Node *node, int reserve_ms) {
    *node = (Node){.reserve_ms = reserve_ms};
    pthread_mutex_init(&node->lock, NULL);
    do random_secret(&node->holder, sizeof node->holder);
    while (node->holder == 0);
    if (node->holder < 0) node->holder = ~node->holder;
}

void node_close(Node *node) { pthread_mutex_destroy(&node->lock); }

/* The first id of a node at a moment. */
static Id id_at(unsigned number, int64_t ms) {
    IdMaker maker;
    id_maker_open(&maker, number, 0);
    return id_next(&maker, ms);
}

static Id last_given(Node *node) {
    pthread_mutex_lock(&node->lock);
    Id last = node->last;
    pthread_mutex_unlock(&node->lock);
    return last;
}

static int64_t later_ms(Id last, int64_t now_ms) {
    int64_t last_ms = last ? id_time_ms(last) : 0;
    return last_ms > now_ms ? last_ms : now_ms;
}

/* ---- leasing and reserving: one transaction at a time ------------------------------------------------- */

static void set_pending(Node *node, const Tx *tx, const NodeLease *pending) {
    pthread_mutex_lock(&node->lock);
    node->pending = *pending;
    node->reserving = tx->connection;
    pthread_mutex_unlock(&node->lock);
}

static NodeLease pending_above(const Node *node, unsigned number, Id last, int64_t now_ms) {
    NodeLease pending = {.number = number, .above = last};
    id_maker_open(&pending.maker, number, last);
    pending.reserved = id_at(number, later_ms(last, now_ms) + node->reserve_ms);
    return pending;
}

/* Free is a node given back, one whose reserved time is past, and our own. */
static bool is_free(const Node *node, const StoreNodesRow *row, int64_t now_ms) {
    return row->holder == 0 || row->holder == node->holder || id_time_ms(row->reserved_id) < now_ms;
}

static void lease(Node *node, Tx *tx) {
    StoreNodesRows rows = store_sql_nodes(tx);
    int64_t number = 0;
    Id last = last_given(node);
    bool found = false;
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].reserved_id > last) last = rows.rows[i].reserved_id;
        if (found || rows.rows[i].number > number) continue;
        found = is_free(node, &rows.rows[i], tx->now_ms);
        if (!found) number++;
    }
    if (number >= ID_NODES) arena_fail(tx->arena, ERR_BUSY, "%d programs are writing to the store at once", ID_NODES);
    /* From the next millisecond on: ids are compared by node before counter. */
    if (last) last = id_at((unsigned)number, id_time_ms(last) + 1);
    NodeLease pending = pending_above(node, (unsigned)number, last, tx->now_ms);
    store_sql_node_take(tx, number, node->holder, pending.reserved);
    set_pending(node, tx, &pending);
}

static void reserve(Node *node, Tx *tx) {
    NodeLease pending = pending_above(node, node->current.number, last_given(node), tx->now_ms);
    if (store_sql_node_reserve(tx, pending.number, node->holder, pending.reserved) == 1)
        set_pending(node, tx, &pending);
    else lease(node, tx); /* our time was past, and another took the node */
}

bool node_has_enough(Node *node, int64_t now_ms) {
    pthread_mutex_lock(&node->lock);
    int64_t until_ms = later_ms(node->last, now_ms) + node->reserve_ms / 2;
    bool enough = node->leased && id_at(node->current.number, until_ms) <= node->current.reserved;
    pthread_mutex_unlock(&node->lock);
    return enough;
}

void node_prepare(Node *node, Tx *tx) {
    assert(tx->writes);
    if (!node->leased) lease(node, tx);
    else if (!node_has_enough(node, tx->now_ms)) reserve(node, tx);
}

void node_committed(Node *node, const Connection *connection) {
    pthread_mutex_lock(&node->lock);
    bool is_its_own = node->reserving == connection;
    if (is_its_own) {
        node->current = node->pending;
        node->leased = true;
        /* Ids were taken meanwhile: of the pending lease, or by other lanes of the one before. */
        if (node->current.above > node->last) node->last = node->current.above;
        id_maker_open(&node->current.maker, node->current.number, node->last);
        node->reserving = NULL;
    }
    pthread_mutex_unlock(&node->lock);
}

/* What the lost transaction reserved is not on disk: lease anew, above all that was given. */
void node_rolled_back(Node *node, const Connection *connection) {
    pthread_mutex_lock(&node->lock);
    if (node->reserving == connection) {
        node->leased = false;
        node->reserving = NULL;
    }
    pthread_mutex_unlock(&node->lock);
}

/* ---- using it ------------------------------------------------------------------------------------------- */

Id node_next(Node *node, Tx *tx) {
    assert(tx->writes);
    pthread_mutex_lock(&node->lock);
    NodeLease *lease = tx->connection == node->reserving ? &node->pending : &node->current;
    Id id = id_next(&lease->maker, tx->now_ms);
    bool may = id < lease->reserved;
    if (may) node->last = id;
    pthread_mutex_unlock(&node->lock);
    if (!may) arena_fail(tx->arena, ERR_LIMIT, "too many ids in one transaction");
    return id;
}

int64_t node_slot(Node *node, const Tx *tx) {
    pthread_mutex_lock(&node->lock);
    const NodeLease *lease = tx->connection == node->reserving ? &node->pending : &node->current;
    int64_t slot = (int64_t)tx->lane * ID_NODES + lease->number;
    pthread_mutex_unlock(&node->lock);
    return slot;
}

void node_give_back(Node *node, Tx *tx) {
    if (node->leased) store_sql_node_release(tx, node->current.number, node->holder, node->last);
    node->leased = false;
}
