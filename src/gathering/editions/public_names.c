// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/public_names.h"

#include "gathering/editions/internal.h"

bool name_is_public(const NameToShow *name) { return !name->organisation || name->is_listed || name->is_offered; }

PublicName public_name(Request *request, const NameToShow *name) {
    if (name_is_public(name)) return (PublicName){.name = name->name, .for_reader = STR_ABSENT};
    bool may_know = reader_is_staff(request) || reader_speaks_for(request, name->organisation, request->scope.series);
    return (PublicName){
        .name = say(request->arena, request->language, MSG("editions", "an organisation")),
        .is_hidden = true,
        .for_reader = may_know ? name->name : STR_ABSENT,
    };
}

HiddenNamePart hidden_name_part(const PublicName *name) { return (HiddenNamePart){.name = name->for_reader}; }
