// SPDX-License-Identifier: EUPL-1.2
/* When an edition is over: what is kept until some time after it asks here. */
#include "gathering/editions/editions.h"

#include "editions_sql.h"

#define YEAR_MS (INT64_C(365) * 24 * 3600 * 1000)
enum { MONTHS_OF_SEASON = 3, FIRST_MONTH_OF_SPRING = 3 };

/* The first day after it. Winter begins in December and ends with February. */
static Civil day_after(ImpreciseDate date) {
    int month = date.month + 1, year = date.year;
    if (date.precision == DATE_DAY) return civil_from_utc_ms((civil_days(year, date.month, date.day) + 1) * 86400000);
    if (date.precision == DATE_SEASON) month = FIRST_MONTH_OF_SPRING + MONTHS_OF_SEASON * date.month;
    if (date.precision == DATE_YEAR) month = 13;
    for (; month > 12; month -= 12) year++;
    return (Civil){.year = year, .month = month, .day = 1};
}

static int64_t over_ms(Tx *tx, const EditionsEndRow *row) {
    ImpreciseDate date;
    const Zone *zone;
    if (row->ends_ms.given) return row->ends_ms.value;
    if (row->starts_ms.given) return row->starts_ms.value + 86400000;
    if (!imprecise_date_parse(row->date, &date) || zone_find(row->zone, &zone))
        arena_fail(tx_arena(tx), ERR_INTERNAL, "an edition's stored date or zone is none");
    if (date.precision == DATE_NONE) return row->created_ms + YEAR_MS;
    Civil after = day_after(date);
    return zone_ms(zone, &after);
}

int64_t edition_over_ms(Tx *tx, Id edition) {
    EditionsEndOfRow row;
    if (!editions_sql_end_of(tx, edition, &row)) arena_fail(tx_arena(tx), ERR_INTERNAL, "an edition that is not there");
    return over_ms(tx, &row.end);
}

static IdList editions_by_end(Tx *tx, int64_t before_ms, bool is_over) {
    EditionsEndsRows rows = editions_sql_ends(tx);
    Id *ids = arena_array(tx_arena(tx), Id, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
        if ((over_ms(tx, &rows.rows[i].end) <= before_ms) == is_over) ids[count++] = rows.rows[i].end.id;
    return (IdList){ids, count};
}

IdList editions_over(Tx *tx, int64_t before_ms) { return editions_by_end(tx, before_ms, true); }

IdList editions_not_over(Tx *tx, int64_t before_ms) { return editions_by_end(tx, before_ms, false); }
