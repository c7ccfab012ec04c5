// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/languages.h"

LanguageLinkPart *language_links(Request *request, size_t *count) {
    LanguageLinkPart *links = arena_array(request->arena, LanguageLinkPart, LANGUAGE_COUNT);
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        Str tag = str_from_c(language_tag(language));
        links[language] = (LanguageLinkPart){
            .name = language_own_name(language),
            .tag = tag,
            .href = str_format(request->arena, "%.*s?lang=%.*s", STR_FORMAT(request->path), STR_FORMAT(tag)),
            .is_current = language == request->language,
        };
    }
    *count = LANGUAGE_COUNT;
    return links;
}
