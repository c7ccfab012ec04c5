// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/lists.h"

#include "platform/base/utf8.h"

/* One row with what it is sorted by, computed once. */
typedef struct Entry {
    const void *row;
    size_t position; /* as loaded: rows that are equal stay so */
    ListValue value;
    Str key;
} Entry;

struct List {
    Request *request;
    Arena *arena;
    const ListPlan *plan;
    void *context;
    Str search;
    Str *choices;             /* one a filter; empty: all */
    const ListColumn *sorted; /* NULL: as loaded */
    bool is_descending;
    Entry *entries;
    size_t found, first, count, number, pages;
};

/* ---- reading the address -------------------------------------------------------------------------- */

static Str query_line(const List *list, const char *name) {
    Str typed = fields_get(&list->request->query, str_from_c(name)), clean;
    if (!utf8_clean_line(list->arena, typed, &clean)) return STR("");
    return utf8_cut(clean, LIST_SEARCH_CHARS);
}

static bool is_offered(FormOptions options, Str choice) {
    for (size_t i = 0; i < options.count; i++)
        if (str_equal(options.options[i].value, choice)) return true;
    return false;
}

static void read_filters(List *list) {
    const ListPlan *plan = list->plan;
    list->choices = arena_array(list->arena, Str, plan->filters_count);
    for (size_t i = 0; i < plan->filters_count; i++) {
        Str choice = query_line(list, plan->filters[i].name);
        bool is_known = is_offered(plan->filters[i].options(list->request, list->context), choice);
        list->choices[i] = is_known ? choice : STR("");
    }
}

/* The order at first. */
static const ListColumn *first_sorted(const ListPlan *plan) {
    for (size_t i = 0; i < plan->columns_count; i++) {
        const ListColumn *column = &plan->columns[i];
        if (column->value && (!plan->first_sort || strcmp(column->name, plan->first_sort) == 0)) return column;
    }
    return NULL;
}

static void read_sort(List *list) {
    Str wish = query_line(list, "sort");
    bool is_descending = str_starts_with(wish, STR("-"));
    list->sorted = first_sorted(list->plan);
    Str name = is_descending ? str_skip(wish, 1) : wish;
    for (size_t i = 0; i < list->plan->columns_count; i++) {
        const ListColumn *column = &list->plan->columns[i];
        if (column->value == NULL) continue;
        if (!str_equal(str_from_c(column->name), name)) continue;
        list->sorted = column;
        list->is_descending = is_descending;
        return;
    }
}

/* ---- narrowing and sorting ------------------------------------------------------------------------- */

/* Each word of the search stands somewhere in the row, in any order. */
static bool has_words(const List *list, const void *row, Str folded_search) {
    Buffer words = buffer_in(list->arena);
    list->plan->search(row, &words, list->context);
    Str folded = utf8_fold(list->arena, buffer_str(&words)), word;
    for (Str rest = folded_search; str_next_part(&rest, ' ', &word);)
        if (!str_contains(folded, word)) return false;
    return true;
}

static bool is_wanted(const List *list, const void *row, Str folded_search) {
    for (size_t i = 0; i < list->plan->filters_count; i++)
        if (!str_is_empty(list->choices[i]) && !list->plan->filters[i].holds(row, list->choices[i], list->context))
            return false;
    return str_is_empty(folded_search) || has_words(list, row, folded_search);
}

static void find_rows(List *list, const char *rows, size_t count, size_t row_size) {
    Str folded = list->plan->search ? utf8_fold(list->arena, list->search) : STR("");
    list->entries = arena_array(list->arena, Entry, count);
    for (size_t i = 0; i < count; i++) {
        const void *row = rows + i * row_size;
        if (is_wanted(list, row, folded)) list->entries[list->found++] = (Entry){.row = row, .position = i};
    }
}

static int compare_values(const Entry *a, const Entry *b) {
    if (a->value.is_number) return (a->value.number > b->value.number) - (a->value.number < b->value.number);
    return str_compare(a->key, b->key);
}

static int compare_positions(const Entry *a, const Entry *b) {
    return (a->position > b->position) - (a->position < b->position);
}

static int compare_rising(const void *left, const void *right) {
    const Entry *a = left, *b = right;
    if (a->value.is_none != b->value.is_none) return a->value.is_none ? 1 : -1;
    int order = a->value.is_none ? 0 : compare_values(a, b);
    return order != 0 ? order : compare_positions(a, b);
}

static int compare_falling(const void *left, const void *right) {
    const Entry *a = left, *b = right;
    if (a->value.is_none != b->value.is_none) return a->value.is_none ? 1 : -1;
    int order = a->value.is_none ? 0 : compare_values(b, a);
    return order != 0 ? order : compare_positions(a, b);
}

static void sort_rows(List *list) {
    if (list->sorted == NULL || list->found == 0) return;
    for (size_t i = 0; i < list->found; i++) {
        Entry *entry = &list->entries[i];
        entry->value = list->sorted->value(entry->row, list->context);
        if (!entry->value.is_number) entry->key = utf8_sort_key(list->arena, entry->value.text);
    }
    qsort(list->entries, list->found, sizeof *list->entries, list->is_descending ? compare_falling : compare_rising);
}

static void choose_page(List *list) {
    size_t rows = list->plan->page_rows ? list->plan->page_rows : LIST_PAGE_ROWS;
    int64_t number = 1;
    list->pages = list->found == 0 ? 1 : (list->found + rows - 1) / rows;
    if (!str_to_int(query_line(list, "page"), &number) || number < 1) number = 1;
    list->number = (uint64_t)number > list->pages ? list->pages : (size_t)number;
    list->first = (list->number - 1) * rows;
    list->count = list->found - list->first < rows ? list->found - list->first : rows;
}

List *list_open(Request *request, const ListPlan *plan, const void *rows, size_t count, size_t row_size,
                void *context) {
    List *list = arena_new(request->arena, List);
    *list = (List){.request = request, .arena = request->arena, .plan = plan, .context = context};
    list->search = plan->search ? query_line(list, "q") : STR("");
    read_filters(list);
    read_sort(list);
    find_rows(list, rows, count, row_size);
    sort_rows(list);
    choose_page(list);
    return list;
}

size_t list_count(const List *list) { return list->count; }
size_t list_found(const List *list) { return list->found; }
const void *list_row(const List *list, size_t index) { return list->entries[list->first + index].row; }
const void *list_found_row(const List *list, size_t index) { return list->entries[index].row; }

bool list_is_narrowed(const List *list) {
    for (size_t i = 0; i < list->plan->filters_count; i++)
        if (!str_is_empty(list->choices[i])) return true;
    return !str_is_empty(list->search);
}

/* ---- addresses -------------------------------------------------------------------------------------- */

/* An address of the list while it is put together. */
typedef struct Address {
    Buffer text;
    bool has_query;
} Address;

static void add_part(Address *address, const char *name, Str value) {
    if (str_is_empty(value)) return;
    buffer_add_char(&address->text, address->has_query ? '&' : '?');
    address->has_query = true;
    PageOut out = {.out = &address->text};
    page_url_component(&out, str_from_c(name));
    buffer_add_char(&address->text, '=');
    page_url_component(&out, value);
}

static Address address_of(const List *list, Str path) {
    Address address = {.text = buffer_in(list->arena)};
    buffer_add(&address.text, path);
    add_part(&address, "q", list->search);
    for (size_t i = 0; i < list->plan->filters_count; i++)
        add_part(&address, list->plan->filters[i].name, list->choices[i]);
    return address;
}

/* "people", "-people"; empty for the order at first, which needs no saying. */
static Str sort_word(const List *list, const ListColumn *column, bool is_descending) {
    if (column == NULL || (column == first_sorted(list->plan) && !is_descending)) return STR("");
    return str_format(list->arena, "%s%s", is_descending ? "-" : "", column->name);
}

static Str page_href(const List *list, size_t number) {
    Address address = address_of(list, list->request->path);
    add_part(&address, "sort", sort_word(list, list->sorted, list->is_descending));
    if (number > 1) add_part(&address, "page", str_format(list->arena, "%zu", number));
    return buffer_str(&address.text);
}

Str list_href(const List *list, Str path) {
    Address address = address_of(list, path);
    add_part(&address, "sort", sort_word(list, list->sorted, list->is_descending));
    return buffer_str(&address.text);
}

Str list_here(const List *list) { return page_href(list, list->number); }

/* ---- for pages --------------------------------------------------------------------------------------- */

static FilterChoicePart *filter_choices(const List *list, size_t index, size_t *count) {
    FormOptions options = list->plan->filters[index].options(list->request, list->context);
    FilterChoicePart *choices = arena_array(list->arena, FilterChoicePart, options.count);
    for (size_t i = 0; i < options.count; i++)
        choices[i] = (FilterChoicePart){
            .value = options.options[i].value,
            .label = options.options[i].label,
            .is_picked = str_equal(options.options[i].value, list->choices[index]),
        };
    *count = options.count;
    return choices;
}

FilterBarPart list_filter_bar(const List *list) {
    const ListPlan *plan = list->plan;
    FilterPart *filters = arena_array(list->arena, FilterPart, plan->filters_count);
    for (size_t i = 0; i < plan->filters_count; i++) {
        filters[i].id = str_format(list->arena, "filter-%s", plan->filters[i].name);
        filters[i].name = str_from_c(plan->filters[i].name);
        filters[i].label = say(list->arena, list->request->language, plan->filters[i].label);
        filters[i].choices = filter_choices(list, i, &filters[i].choices_count);
    }
    return (FilterBarPart){
        .action = list->request->path,
        .has_search = plan->search != NULL,
        .search = list->search,
        .filters = filters,
        .filters_count = plan->filters_count,
        .sort = sort_word(list, list->sorted, list->is_descending),
        .found = (int64_t)list->found,
        .clear_href = list_is_narrowed(list) ? list->request->path : STR(""),
    };
}

/* Pressing a head sorts by it; pressing the sorted one turns the order round. */
ListHeadPart *list_heads(const List *list, size_t *count) {
    const ListPlan *plan = list->plan;
    ListHeadPart *heads = arena_array(list->arena, ListHeadPart, plan->columns_count);
    for (size_t i = 0; i < plan->columns_count; i++) {
        const ListColumn *column = &plan->columns[i];
        bool is_sorted = column == list->sorted;
        heads[i] = (ListHeadPart){
            .label = say(list->arena, list->request->language, column->label),
            .is_number = column->is_number,
            .is_sorted = is_sorted,
            .is_descending = is_sorted && list->is_descending,
        };
        if (column->value == NULL) continue;
        Address address = address_of(list, list->request->path);
        add_part(&address, "sort", sort_word(list, column, is_sorted && !list->is_descending));
        heads[i].href = buffer_str(&address.text);
    }
    *count = plan->columns_count;
    return heads;
}

PagerPart list_pager(const List *list) {
    return (PagerPart){
        .is_needed = list->pages > 1,
        .current = (int64_t)list->number,
        .pages = (int64_t)list->pages,
        .previous_href = list->number > 1 ? page_href(list, list->number - 1) : STR(""),
        .next_href = list->number < list->pages ? page_href(list, list->number + 1) : STR(""),
    };
}
