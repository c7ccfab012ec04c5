// SPDX-License-Identifier: EUPL-1.2
/* Calendars as libical reads them. */
#include "platform/format/ical.h"

#include "../../cmocka_all.h"
#include "platform/base/utf8.h"
#include <libical/ical.h>

static const char long_name[] = "Громадська ініціатива «Тут і разом»; Towarzystwo Przyjaciół Żółwi, Łódź\\Kraków — "
                                "bardzo, bardzo długa nazwa, która nie mieści się w wierszu";

static Str calendar(Arena *arena) {
    Buffer out = buffer_in(arena);
    Ical ical = ical_begin(&out, STR("Wspólnie do celu III"), STR("Europe/Warsaw"));
    ical_add(&ical, &(IcalEvent){.uid = STR("0123456789abc@wspolnie"),
                                 .changed_ms = 1781000000000,
                                 .sequence = 2,
                                 .starts_ms = 1781181600000,
                                 .ends_ms = 1781181780000,
                                 .summary = str_from_c(long_name),
                                 .description = STR("Pierwszy wiersz\nDrugi, z przecinkiem"),
                                 .location = STR("ul. Przykładowa 56"),
                                 .url = STR("https://example.org/a/b")});
    ical_add(
        &ical,
        &(IcalEvent){
            .uid = STR("x@wspolnie"), .starts_ms = 0, .ends_ms = 0, .summary = STR("a"), .url = STR("https://x y")});
    ical_end(&ical);
    return buffer_str(&out);
}

static void libical_reads_it(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    icalcomponent *root = icalparser_parse_string(str_to_c(arena, calendar(arena)));
    assert_non_null(root);
    icalrestriction_check(root);
    assert_int_equal(icalcomponent_count_errors(root), 0);
    assert_int_equal(icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT), 2);
    icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
    assert_string_equal(icalcomponent_get_summary(event), long_name);
    assert_string_equal(icalcomponent_get_description(event), "Pierwszy wiersz\nDrugi, z przecinkiem");
    assert_string_equal(icalcomponent_get_location(event), "ul. Przykładowa 56");
    assert_string_equal(icalcomponent_get_uid(event), "0123456789abc@wspolnie");
    assert_int_equal(icalcomponent_get_sequence(event), 2);
    assert_int_equal(icaltime_as_timet(icalcomponent_get_dtstart(event)), 1781181600);
    assert_int_equal(icaltime_as_timet(icalcomponent_get_dtend(event)), 1781181780);
    assert_true(icaltime_is_utc(icalcomponent_get_dtstart(event)));
    icalcomponent_free(root);
    arena_close(arena);
}

/* What goes with letters: libical knows what each method of iTIP asks for. */
static void letters_are_sound_by_their_method(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    for (int cancelled = 0; cancelled < 2; cancelled++) {
        Buffer out = buffer_in(arena);
        Ical ical =
            ical_begin_letter(&out, &(IcalLetter){.organizer = STR("biuro@zaulek.example"),
                                                  .organizer_name = STR("Fundacja \"Zaułek\"; Żółć,\r\nX-EVIL: 1"),
                                                  .is_cancelled = cancelled});
        ical_add(&ical, &(IcalEvent){.uid = STR("0123456789abc.0123456789abd@wspolnie"),
                                     .changed_ms = 1781000000000,
                                     .sequence = 3,
                                     .starts_ms = 1781181600000,
                                     .ends_ms = 1781181780000,
                                     .summary = str_from_c(long_name)});
        ical_end(&ical);
        icalcomponent *root = icalparser_parse_string(str_to_c(arena, buffer_str(&out)));
        assert_non_null(root);
        icalrestriction_check(root);
        assert_int_equal(icalcomponent_count_errors(root), 0);
        assert_int_equal(icalcomponent_get_method(root), cancelled ? ICAL_METHOD_CANCEL : ICAL_METHOD_PUBLISH);
        icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
        icalproperty *organizer = icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY);
        assert_string_equal(icalproperty_get_organizer(organizer), "mailto:biuro@zaulek.example");
        icalparameter *name = icalproperty_get_first_parameter(organizer, ICAL_CN_PARAMETER);
        assert_string_equal(icalparameter_get_cn(name), "Fundacja 'Zaułek'; Żółć,  X-EVIL: 1");
        bool has_status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY) != NULL;
        assert_int_equal(has_status, cancelled);
        if (cancelled) assert_int_equal(icalcomponent_get_status(event), ICAL_STATUS_CANCELLED);
        assert_null(icalcomponent_get_first_property(event, ICAL_X_PROPERTY));
        icalcomponent_free(root);
    }
    arena_close(arena);
}

static void lines_are_folded_between_characters(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    Str rest = calendar(arena), line;
    size_t folded = 0;
    while (str_next_part(&rest, '\n', &line)) {
        if (str_is_empty(line)) continue;
        assert_true(str_ends_with(line, STR("\r")));
        assert_true(line.size - 1 <= ICAL_LINE_BYTES);
        assert_true(utf8_is_valid(line));
        if (line.data[0] == ' ') folded++;
    }
    assert_true(folded >= 2);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(libical_reads_it),
                                       cmocka_unit_test(letters_are_sound_by_their_method),
                                       cmocka_unit_test(lines_are_folded_between_characters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
