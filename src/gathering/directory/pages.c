// SPDX-License-Identifier: EUPL-1.2
/* The directory as everybody sees it: the list with its search, and a page of each organisation. */
#include "directory_pages.h"
#include "directory_sql.h"
#include "gathering/directory/directory.h"
#include "platform/base/utf8.h"
#include "platform/format/markdown.h"
#include "platform/page/lists.h"
#include "platform/page/respond.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str directory_path(Request *request, const char *rest) {
    return str_format(request->arena, "/%.*s/organisations%s", STR_FORMAT(series_of(request)->slug), rest);
}

static TextOriginal original_of(Request *request, Id organisation, const char *field, Str text, Str written_in) {
    return (TextOriginal){organisation, field, text, written_in, series_of(request)->language};
}

/* ---- filters -------------------- */

static FormOptions kinds(Request *request, const char *list) {
    Kinds found = kinds_of(request->tx, str_from_c(list), request->language);
    return kind_options(request->arena, &found);
}

static FormOptions newcomers(Request *request) {
    static const struct {
        const char *code;
        Msg name;
    } marks[] = {{"first", MSG_INIT("directory", "at a gathering for the first time")},
                 {"young", MSG_INIT("directory", "founded lately")},
                 {"informal", MSG_INIT("directory", "informal groups")}};
    FormOption *options = arena_array(request->arena, FormOption, COUNT(marks));
    for (size_t i = 0; i < COUNT(marks); i++)
        options[i] = (FormOption){str_from_c(marks[i].code), words(request, marks[i].name)};
    return (FormOptions){options, COUNT(marks)};
}

typedef struct Filter {
    const char *name; /* in the address */
    Msg label;
    size_t offset;    /* in DirectoryQuery */
    const char *list; /* NULL: the marks of the new */
} Filter;
static const Filter filters[] = {
    {"profile", MSG_INIT("directory", "What they do"), offsetof(DirectoryQuery, profile), "profile"},
    {"district", MSG_INIT("directory", "District"), offsetof(DirectoryQuery, district), "district"},
    {"offer", MSG_INIT("directory", "They can give"), offsetof(DirectoryQuery, offer), "exchange"},
    {"need", MSG_INIT("directory", "They look for"), offsetof(DirectoryQuery, need), "exchange"},
    {"newcomer", MSG_INIT("directory", "New ones"), offsetof(DirectoryQuery, newcomer), NULL},
};

static Str *choice_of(DirectoryQuery *query, const Filter *filter) { return (Str *)((char *)query + filter->offset); }

static FilterPart filter_part(Request *request, DirectoryQuery *query, const Filter *filter) {
    FormOptions options = filter->list ? kinds(request, filter->list) : newcomers(request);
    Str typed = fields_get(&request->query, str_from_c(filter->name));
    FilterChoicePart *choices = arena_array(request->arena, FilterChoicePart, options.count);
    for (size_t i = 0; i < options.count; i++) {
        bool is_picked = str_equal(options.options[i].value, typed);
        if (is_picked) *choice_of(query, filter) = options.options[i].value;
        choices[i] = (FilterChoicePart){options.options[i].value, options.options[i].label, is_picked};
    }
    return (FilterPart){.id = str_format(request->arena, "filter-%s", filter->name),
                        .name = str_from_c(filter->name),
                        .label = words(request, filter->label),
                        .choices = choices,
                        .choices_count = options.count};
}

/* A city without a list of districts has no such filter. */
static FilterBarPart read_query(Request *request, DirectoryQuery *query) {
    FilterPart *parts = arena_array(request->arena, FilterPart, COUNT(filters));
    FilterBarPart bar = {.action = request->path, .has_search = true, .filters = parts};
    Str typed = fields_get(&request->query, STR("q")), clean;
    *query = (DirectoryQuery){.words = STR(""), .page = 1};
    if (!str_is_absent(typed) && utf8_clean_line(request->arena, typed, &clean))
        query->words = utf8_cut(clean, LIST_SEARCH_CHARS);
    if (!str_to_int(fields_get(&request->query, STR("page")), &query->page)) query->page = 1;
    for (size_t i = 0; i < COUNT(filters); i++) {
        FilterPart part = filter_part(request, query, &filters[i]);
        if (part.choices_count) parts[bar.filters_count++] = part;
    }
    bar.search = query->words;
    bar.clear_href = directory_query_is_narrowed(query) ? request->path : STR("");
    return bar;
}

static void add_parameter(Buffer *address, const char *name, Str value) {
    if (str_is_empty(value)) return;
    PageOut out = {.out = address};
    buffer_add_char(address, memchr(address->data, '?', address->size) ? '&' : '?');
    buffer_add(address, str_from_c(name));
    buffer_add_char(address, '=');
    page_url_component(&out, value);
}

static Str page_href(Request *request, DirectoryQuery *query, int64_t page) {
    Buffer address = buffer_in(request->arena);
    buffer_add(&address, request->path);
    add_parameter(&address, "q", query->words);
    for (size_t i = 0; i < COUNT(filters); i++)
        add_parameter(&address, filters[i].name, *choice_of(query, &filters[i]));
    if (page > 1) add_parameter(&address, "page", str_format(request->arena, "%lld", (long long)page));
    return buffer_str(&address);
}

static PagerPart pager(Request *request, DirectoryQuery *query, const DirectoryFound *found) {
    return (PagerPart){
        .is_needed = found->pages > 1,
        .current = found->page,
        .pages = found->pages,
        .previous_href = found->page > 1 ? page_href(request, query, found->page - 1) : STR(""),
        .next_href = found->page < found->pages ? page_href(request, query, found->page + 1) : STR(""),
    };
}

/* ---- rows -------------------- */

typedef struct Names {
    Kinds profiles, districts, exchanges;
} Names;

static Str codes_words(Request *request, const Kinds *names, Str codes) {
    Buffer out = buffer_in(request->arena);
    Str code;
    for (Str rest = codes; rest.size && str_next_part(&rest, ' ', &code);) {
        if (out.size) buffer_add(&out, STR(", "));
        buffer_add(&out, kind_name(names, code));
    }
    return buffer_str(&out);
}

static void add_fact_words(Buffer *out, Str said) {
    if (str_is_empty(said)) return;
    if (out->size) buffer_add(out, STR("\u00a0· "));
    buffer_add(out, said);
}

static Str facts_words(Request *request, const Names *names, const DirectoryProfilesRows *profiles,
                       const DirectoryShownRow *row) {
    Buffer does = buffer_in(request->arena), out = buffer_in(request->arena);
    for (size_t i = 0; i < profiles->count; i++) {
        if (profiles->rows[i].organisation != row->id) continue;
        if (does.size) buffer_add(&does, STR(", "));
        buffer_add(&does, kind_name(&names->profiles, profiles->rows[i].profile));
    }
    add_fact_words(&out, buffer_str(&does));
    if (!str_is_empty(row->district)) add_fact_words(&out, kind_name(&names->districts, row->district));
    return buffer_str(&out);
}

/* The beginning of what it says of itself, without the marks of Markdown. */
static Str excerpt(Request *request, Str text) {
    enum { EXCERPT_CHARS = 220 };
    Buffer out = buffer_in(request->arena);
    bool is_space = true;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '*' || c == '#' || c == '_' || c == '`' || c == '>' || c == '[' || c == ']') continue;
        bool is_blank = c == ' ' || c == '\n';
        if (!is_blank || !is_space) buffer_add_char(&out, is_blank ? ' ' : c);
        is_space = is_blank;
    }
    Str plain = str_trim(buffer_str(&out));
    if (utf8_count(plain) <= EXCERPT_CHARS) return plain;
    return str_format(request->arena, "%.*s…", STR_FORMAT(str_trim(utf8_cut(plain, EXCERPT_CHARS))));
}

static const DirectoryShownRow *shown_of(const DirectoryShownRows *rows, Id organisation) {
    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].id == organisation) return &rows->rows[i];
    return NULL;
}

static void fill_rows(Request *request, const DirectoryFound *found, CataloguePage *page) {
    IdList ids = {found->organisations, found->count};
    DirectoryShownRows shown = directory_sql_shown(request->tx, request->scope.series, ids);
    DirectoryProfilesRows profiles = directory_sql_profiles(request->tx, ids);
    TextOthers texts = texts_of(request->tx, ids);
    Names names = {kinds_of(request->tx, STR("profile"), request->language),
                   kinds_of(request->tx, STR("district"), request->language),
                   kinds_of(request->tx, STR("exchange"), request->language)};
    CataloguePageRow *rows = arena_array(request->arena, CataloguePageRow, found->count);
    page->rows = rows;
    for (size_t i = 0; i < found->count; i++) {
        const DirectoryShownRow *row = shown_of(&shown, found->organisations[i]);
        if (!row) continue;
        TextOriginal name = original_of(request, row->id, "name", row->name, row->written_in);
        TextOriginal words = original_of(request, row->id, "words", row->words, row->written_in);
        NameShown named = text_name(&texts, &name, request->language);
        TextShown said = {.words = STR("")};
        if (row->shows_words) said = text_shown(request->arena, &texts, &words, request->language);
        CataloguePageRow *one = &rows[page->rows_count++];
        *one = (CataloguePageRow){
            .name = named.name,
            .name_language = named.language,
            .other_name = named.other,
            .other_language = named.other_language,
            .href = str_format(request->arena, "%.*s/%.*s", STR_FORMAT(directory_path(request, "")),
                               STR_FORMAT(id_text(request->arena, row->id))),
            .is_new = found->are_new[i],
            .facts = facts_words(request, &names, &profiles, row),
            .words = excerpt(request, said.words),
            .language = said.language,
            .note = said.note,
            .needs = codes_words(request, &names.exchanges, found->needs[i]),
            .offers = codes_words(request, &names.exchanges, found->offers[i]),
        };
        one->has_exchanges = one->needs.size || one->offers.size;
    }
}

static Err catalogue_page(Request *request) {
    DirectoryQuery query;
    CataloguePage page = {
        .layout = series_layout(request, words(request, MSG("directory", "Directory of organisations"))),
        .series = series_of(request)->name,
        .series_href = str_join(request->arena, STR("/"), series_of(request)->slug),
    };
    page.filters = read_query(request, &query);
    DirectoryFound found = directory_search(request->tx, request->scope.series, &query);
    fill_rows(request, &found, &page);
    bool is_narrowed = directory_query_is_narrowed(&query);
    page.is_bare = !is_narrowed && found.found == 0;
    page.pager = pager(request, &query, &found);
    page.filters.found_words = say(request->arena, request->language,
                                   MSG_PLURAL("directory", "{count} organisation found", "{count} organisations found"),
                                   SAY_INT("count", found.found));
    page.empty = (EmptyPart){
        .heading = is_narrowed ? words(request, MSG("directory", "No organisation fits all of it"))
                               : words(request, MSG("directory", "The directory is still empty")),
        .words = is_narrowed
                     ? words(request,
                             MSG("directory",
                                 "Leave out a word or a filter: all that is chosen has to fit. Of a name, its first "
                                 "letters are enough."))
                     : words(request, MSG("directory", "Organisations that have been at a gathering enter "
                                                       "themselves here, from “My gathering”.")),
        .action = is_narrowed ? words(request, MSG("directory", "Show all")) : STR_ABSENT,
        .action_href = is_narrowed ? request->path : STR_ABSENT,
    };
    PageOut out = page_out(request);
    page_catalogue(&out, &page);
    return OK;
}

/* ---- one -------------------- */

static Str list_of_kinds(Request *request, const char *list, const Str *codes, size_t count) {
    Kinds names = kinds_of(request->tx, str_from_c(list), request->language);
    Str *said = arena_array(request->arena, Str, count);
    for (size_t i = 0; i < count; i++) said[i] = kind_name(&names, codes[i]);
    return count ? list_words(request->arena, request->language, said, count) : STR("");
}

static void add_fact(CatalogueEntryPageFact *facts, CatalogueEntryPage *page, Str name, Str value, Str href) {
    if (!str_is_empty(value)) facts[page->facts_count++] = (CatalogueEntryPageFact){name, value, href};
}

static void fill_facts(Request *request, const Organisation *of, const DirectoryEntry *entry, bool tells_history,
                       CatalogueEntryPage *page) {
    enum { MOST_FACTS = 11 };
    CatalogueEntryPageFact *facts = arena_array(request->arena, CatalogueEntryPageFact, MOST_FACTS);
    page->facts = facts;
    add_fact(facts, page, words(request, MSG("directory", "What they do")),
             list_of_kinds(request, "profile", of->profiles.strs, of->profiles.count), STR_ABSENT);
    if (tells_history) add_fact(facts, page, words(request, MSG("directory", "Part of")), of->parent_name, STR_ABSENT);
    add_fact(facts, page, words(request, MSG("directory", "District")),
             list_of_kinds(request, "district", &of->district, !str_is_empty(of->district)), STR_ABSENT);
    add_fact(facts, page, words(request, MSG("directory", "Languages")),
             list_of_kinds(request, "language", of->languages.strs, of->languages.count), STR_ABSENT);
    if (tells_history && of->founded_year.given)
        add_fact(facts, page, words(request, MSG("directory", "Founded in")),
                 str_format(request->arena, "%lld", (long long)of->founded_year.value), STR_ABSENT);
    if (entry->shows_website)
        add_fact(facts, page, words(request, MSG("directory", "Web page")), of->website, of->website);
    add_fact(facts, page, words(request, MSG("directory", "Telephone")), entry->phone,
             phone_link(request->arena, entry->phone));
    add_fact(facts, page, words(request, MSG("directory", "E-mail")), entry->email,
             str_join(request->arena, STR("mailto:"), entry->email));
    if (!entry->shows_numbers) return;
    add_fact(facts, page, STR("NIP"), of->nip, STR_ABSENT);
    add_fact(facts, page, STR("REGON"), of->regon, STR_ABSENT);
    add_fact(facts, page, STR("KRS"), of->krs, STR_ABSENT);
}

static Html parts_of_rooms(Request *request) {
    Buffer *parts = arena_new(request->arena, Buffer);
    *parts = buffer_in(request->arena);
    PageOut out = page_out_into(request, parts);
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->directory_part) house->rooms[i]->directory_part(request, &out);
    return (Html){buffer_str(parts)};
}

static Err entry_page(Request *request) {
    Organisation organisation;
    DirectoryEntry entry;
    if (!request_id(request, "organisation", &request->scope.organisation)) return ERR_NOT_FOUND;
    Id id = request->scope.organisation = organisation_kept(request->tx, request->scope.organisation);
    if (!directory_has(request->tx, request->scope.series, id) || !organisation_get(request->tx, id, &organisation) ||
        !directory_entry_get(request->tx, id, request->scope.series, &entry) || !entry.is_shown)
        return ERR_NOT_FOUND;
    DirectoryHasRow row;
    bool tells_history = directory_tells_history(request->tx, &entry);
    TextOthers texts = texts_of(request->tx, (IdList){&id, 1});
    TextOriginal name = original_of(request, id, "name", organisation.name, organisation.written_in);
    NameShown named = text_name(&texts, &name, request->language);
    CatalogueEntryPage page = {
        .layout = series_layout(request, organisation.name),
        .back = directory_path(request, ""),
        .name = named.name,
        .name_language = named.language,
        .other_name = named.other,
        .other_language = named.other_language,
        .kind = list_of_kinds(request, "legal_form", &organisation.legal_form, !str_is_empty(organisation.legal_form)),
        .is_new = tells_history && directory_sql_has(request->tx, request->scope.series, id, &row) &&
                  directory_is_first(request->tx, row.first_until),
        .has_words = entry.shows_words && !str_is_empty(organisation.words),
        .parts = parts_of_rooms(request),
    };
    if (page.has_words) {
        TextOriginal said = original_of(request, id, "words", organisation.words, organisation.written_in);
        TextShown shown = text_shown(request->arena, &texts, &said, request->language);
        page.words = (Html){markdown_html(request->arena, shown.words, 2)};
        page.language = shown.language;
        page.note = shown.note;
    }
    fill_facts(request, &organisation, &entry, tells_history, &page);
    PageOut out = page_out(request);
    page_catalogue_entry(&out, &page);
    return OK;
}

/* ---- in the page of the series -------------------- */

static void series_part(Request *request, PageOut *page) {
    DirectoryCountAllRow all;
    if (!directory_sql_count_all(request->tx, request->scope.series, &all) || !all.count) return;
    CatalogueLinkPart part = {.href = directory_path(request, ""), .count = all.count};
    part_catalogue_link(page, &part);
}

/* Anew when an edition, or its state, changes: editions and past ones are named there. */
static const Route routes[] = {
    {METHOD_GET, "/{series}/organisations", ROLE_ANYONE, catalogue_page, .caching = CACHE_PUBLIC,
     .parts = 1 << PART_DIRECTORY | 1 << PART_EDITION},
    {METHOD_GET, "/{series}/organisations/{organisation}", ROLE_ANYONE, entry_page, .caching = CACHE_PUBLIC,
     .parts = 1 << PART_DIRECTORY | 1 << PART_EDITION},
};

static const JoinColumn join_columns[] = {
    {{.table = "directory_entry", .column = "organisation"}, JOIN_FOLLOWS, NULL},
    {{.table = "directory_row", .column = "organisation"}, JOIN_STAYS, "made anew of what is shown"},
    {{.table = "directory_term", .column = "organisation"}, JOIN_STAYS, "made anew of what is shown"},
};

const Room directory_room = {.name = "directory",
                             .join_columns = join_columns,
                             .join_column_count = COUNT(join_columns),
                             .routes = routes,
                             .route_count = COUNT(routes),
                             .series_part = series_part};
