// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/logo.h"

#include "editions_sql.h"
#include "gathering/editions/internal.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include <sodium.h>

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

LogoPart logo_part(Arena *arena, const Series *series) {
    if (!series || str_is_empty(series->logo)) return (LogoPart){.href = STR("")};
    return (LogoPart){.href = str_join(arena, STR("/logo/"), series->logo),
                      .name = series->name,
                      .width = series->logo_width,
                      .height = series->logo_height};
}

/* ---- keeping -------------------------------------------------------------------------------------------- */

static Str name_of(Arena *arena, const Picture *picture) {
    unsigned char hash[crypto_generichash_BYTES_MIN];
    char text[2 * sizeof hash + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)picture->bytes.data, picture->bytes.size, NULL, 0);
    sodium_bin2hex(text, sizeof text, hash, sizeof hash);
    return str_format(arena, "%s.%.*s", text, STR_FORMAT(picture->ending));
}

Err logo_set(Tx *tx, const Series *series, const Picture *picture) {
    bool is_none = str_is_absent(picture->bytes);
    Str name = is_none ? STR("") : name_of(tx_arena(tx), picture);
    if (!editions_sql_set_logo(tx, series->id, series->version, name, picture->width, picture->height))
        return ERR_CONFLICT;
    if (is_none) editions_sql_drop_logo(tx, series->id);
    else editions_sql_keep_logo(tx, series->id, name, picture->bytes);
    series_tell_changed(tx, series->id);
    return OK;
}

Err logo_file(Request *request) {
    Str name = request_parameter(request, "logo");
    EditionsLogoRow row;
    if (!editions_sql_logo(request->tx, name, &row)) return ERR_NOT_FOUND;
    request->response.content_type = str_ends_with(name, STR(".png")) ? STR("image/png") : STR("image/jpeg");
    request->response.immutable = request->response.is_foreign = true;
    buffer_add(&request->response.body, row.content);
    return OK;
}

/* ---- its page ------------------------------------------------------------------------------------------- */

typedef struct LogoForm {
    const Field *file;
    Str version;
} LogoForm;
static const FormField logo_fields[] = {
    FORM_VERSION(LogoForm),
    {.name = "file",
     .kind = FIELD_FILE,
     .offset = offsetof(LogoForm, file),
     .required = true,
     .label = MSG_INIT("editions", "A picture"),
     .hint = MSG_INIT("editions", "PNG or JPEG, at most 500 kB; 200 to 1000 pixels wide are enough.")},
};
const FormTable logo_asked = {logo_fields, COUNT(logo_fields)};

static Msg fault_words(PictureFault fault) {
    switch (fault) {
    case PICTURE_IS_SVG:
        return MSG("editions", "This is an SVG drawing, and such can hold programs. Save it as PNG and send that.");
    case PICTURE_TOO_LARGE: return MSG("editions", "This file is larger than 500 kB. Make the picture smaller.");
    case PICTURE_SIZE: return MSG("editions", "This picture has too few or too many pixels: make it 200 to 1000 wide.");
    case PICTURE_BROKEN: return MSG("editions", "This file is damaged. Save the picture once more and send that.");
    case PICTURE_GOOD:
    case PICTURE_EMPTY:
    case PICTURE_NOT_KNOWN: break;
    }
    return MSG("editions", "This is no picture in PNG or JPEG. Save it as one of these and send that.");
}

static Err show(Request *request, const Form *form) {
    const Series *series = series_of(request);
    Str base = str_join(request->arena, STR("/admin/series/"), series->slug);
    LogoPage page = {
        .layout = house_layout(request, words(request, MSG("editions", "Logo"))),
        .back = base,
        .series = series->name,
        .logo = logo_part(request->arena, series),
        .form = form,
        .action = str_join(request->arena, base, STR("/logo")),
        .remove_href = str_is_empty(series->logo) ? STR_ABSENT : str_join(request->arena, base, STR("/logo/remove")),
    };
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = words(request, MSG("editions", "Saved."));
    PageOut out = page_out(request);
    page_logo(&out, &page);
    return OK;
}

static LogoForm stored_values(Request *request) {
    return (LogoForm){.version = form_version(request->arena, series_of(request)->version)};
}

Err logo_page(Request *request) {
    LogoForm values = stored_values(request);
    return show(request, form_open(request, logo_fields, COUNT(logo_fields), &values));
}

static Err done(Request *request, const char *action) {
    const Series *series = series_of(request);
    store_audit(request->tx, &(AuditEntry){.person = request->who.person, .action = action, .subject = series->id});
    return respond_redirect(request,
                            str_format(request->arena, "/admin/series/%.*s/logo?done=1", STR_FORMAT(series->slug)));
}

typedef struct Looked {
    PictureFault fault;
    Picture picture;
} Looked;

/* On a worker: what is squeezed in a picture can be megabytes. */
Err logo_prepare(Request *request) {
    const Field *file = fields_find(&request->form, STR("file"));
    Looked *looked = arena_new(request->arena, Looked);
    *looked = (Looked){.fault = PICTURE_EMPTY};
    if (file) looked->fault = picture_clean(request->arena, file->value, &looked->picture);
    request->prepared = looked;
    return OK;
}

Err logo_upload(Request *request) {
    const Looked *looked = request->prepared;
    LogoForm stored = stored_values(request), values = stored;
    Form *form = form_open(request, logo_fields, COUNT(logo_fields), &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show(request, form);
    if (looked->fault) {
        form_refuse(form, "file", words(request, fault_words(looked->fault)));
        return show(request, form);
    }
    Err err = logo_set(request->tx, series_of(request), &looked->picture);
    return err ? err : done(request, "series.logo");
}

Err logo_remove(Request *request) {
    LogoForm stored = stored_values(request);
    Form *form = form_open(request, logo_fields, COUNT(logo_fields), &stored);
    if (!form_step_is_current(form)) return show(request, form);
    Err err = logo_set(request->tx, series_of(request), &(Picture){0});
    return err ? err : done(request, "series.logo_remove");
}
