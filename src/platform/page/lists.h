// SPDX-License-Identifier: EUPL-1.2
/* Lists: rows of one edition, loaded whole, then searched, filtered, sorted and paged.
 *
 * An edition has hundreds of sign-ups, not millions: one query loads them, and this module does the
 * rest in memory, the same way for every list. What is shown follows from the query string alone
 * (?q=zolw&state=waiting&sort=-people&page=2), so that a list can be linked, bookmarked and left.
 *
 *     static const ListColumn columns[] = {
 *         {"organisation", MSG_INIT("signups", "Organisation"), signup_name},
 *         {"people", MSG_INIT("signups", "People"), signup_people, .is_number = true},
 *         {"note", MSG_INIT("signups", "Note")},                        // not sortable
 *     };
 *     static const ListFilter filters[] = {{"state", MSG_INIT("signups", "State"), state_options, is_in_state}};
 *     static const ListPlan plan = {columns, COUNT(columns), filters, COUNT(filters), .search = signup_words};
 *
 *     SignupsAllRows rows = signups_sql_all(request->tx, edition);
 *     List *list = list_open(request, &plan, rows.rows, rows.count, sizeof *rows.rows, NULL);
 *     for (size_t i = 0; i < list_count(list); i++) { const SignupsAllRow *row = list_row(list, i); … }
 *     page.filters = list_filter_bar(list);      // {include filter_bar filters}
 *     page.heads = list_heads(list, &page.heads_count);
 *     page.pager = list_pager(list);
 *
 * What a query string says wrongly (an unknown column, page 99) is read as the nearest thing that
 * makes sense; nobody typed it.
 */
#ifndef WSPOLNIE_PAGE_LISTS_H
#define WSPOLNIE_PAGE_LISTS_H

#include "page_pages.h"
#include "platform/page/form.h"

enum { LIST_PAGE_ROWS = 50, LIST_SEARCH_CHARS = 100 };

/* What a row is sorted by in a column. Rows without a value come last, whatever the direction. */
typedef struct ListValue {
    Str text; /* compared in Polish alphabetical order */
    int64_t number;
    bool is_number, is_none;
} ListValue;
#define LIST_TEXT(value) ((ListValue){.text = (value)})
#define LIST_NUMBER(value) ((ListValue){.number = (value), .is_number = true})

typedef struct ListColumn {
    const char *name; /* in the address: ?sort=name, ?sort=-name from last to first */
    Msg label;
    ListValue (*value)(const void *row, void *context); /* NULL: this column does not sort */
    bool is_number;                                     /* set right, in tabular figures */
} ListColumn;

typedef struct ListFilter {
    const char *name; /* in the address */
    Msg label;
    FormOptions (*options)(Request *request, void *context);
    bool (*holds)(const void *row, Str choice, void *context);
} ListFilter;

typedef struct ListPlan {
    const ListColumn *columns;
    size_t columns_count;
    const ListFilter *filters;
    size_t filters_count;
    /* Adds what the search looks through, words apart; NULL: no search field. */
    void (*search)(const void *row, Buffer *words, void *context);
    size_t page_rows;       /* 0: LIST_PAGE_ROWS */
    const char *first_sort; /* the column that is the order at first; NULL: the first that sorts */
} ListPlan;

typedef struct List List;

/* rows: count rows of row_size bytes each; they live as long as the list. context: for the plan's functions. */
List *list_open(Request *request, const ListPlan *plan, const void *rows, size_t count, size_t row_size, void *context);

size_t list_count(const List *list); /* rows on this page of the list */
const void *list_row(const List *list, size_t index);
size_t list_found(const List *list);                        /* rows that the search and the filters leave */
const void *list_found_row(const List *list, size_t index); /* of all found, in order: for exports and acting on many */
bool list_is_narrowed(const List *list);                    /* a search or a filter is on */

/* For pages; texts in the request's language. */
FilterBarPart list_filter_bar(const List *list);
ListHeadPart *list_heads(const List *list, size_t *count);
PagerPart list_pager(const List *list);
/* The address of this list as it stands, with another last part: list_href(list, STR("/export")). */
Str list_href(const List *list, Str path);
/* Of the page of it that is shown: to come back to. */
Str list_here(const List *list);

#endif
