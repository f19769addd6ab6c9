/* The resolved report as JSON: --dump model. */
#include "base/json.h"
#include "dump.h"

struct dump {
    struct arena *a;
    const struct doc *doc;
};

static struct slice plain(struct dump *d, const struct rich *text)
{
    return inline_plain(d->a, d->doc, text);
}

static void add_bodies(struct dump *d, struct json *to, const char *key,
    const struct blocks *blocks);

static void add_date(
    struct dump *d, struct json *to, const char *key, struct date date)
{
    const char *s = arena_printf(d->a, "%04d-%02u-%02u", (int)date.year,
        (unsigned)date.month, (unsigned)date.day);
    json_add_str(to, key, slice_of(s));
}

static struct json *dump_facts(struct dump *d)
{
    struct json *o = json_new_object(d->a);
    const struct report *r = d->doc->report;
    for (uint32_t i = 0; i < r->nfields; i++) {
        const struct field *f = &r->fields[i];
        if (!f->given)
            continue;
        if (f->type == FIELD_TEXT) {
            json_add_str(o, f->name, plain(d, &d->doc->facts[i]));
        } else if (f->type == FIELD_LANGUAGE || f->type == FIELD_CHOICE) {
            json_add_str(o, f->name, f->plain);
        } else if (f->type == FIELD_DATE) {
            add_date(d, o, f->name, f->from);
        } else {
            struct json *period = json_new_object(d->a);
            add_date(d, period, "from", f->from);
            add_date(d, period, "to", f->to);
            json_add(o, f->name, period);
        }
    }
    return o;
}

static void dump_cell(struct dump *d, struct json *row, const struct cell *cell)
{
    struct slice s = {cell->kind == CELL_PLAIN ? cell->s : "", cell->n};
    if (cell->kind == CELL_RICH)
        s = plain(d, cell->rich);
    json_add_str(row, NULL, s);
}

/* Is it a table that is nothing but the text in its place? */
static bool is_text(const struct block *b)
{
    const struct table_doc *t = b->table;
    return b->kind == BLOCK_TABLE && !t->rows->count && t->empty.n &&
        !t->caption.n;
}

static void dump_table(
    struct dump *d, struct json *o, const struct table_doc *t)
{
    json_add_str(o, "label", t->label);
    json_add_str(o, "caption", plain(d, &t->caption));
    struct json *columns = json_new_array(d->a);
    for (uint32_t i = 0; i < t->ncolumns; i++)
        json_add_str(columns, NULL, plain(d, &t->columns[i].title));
    json_add(o, "columns", columns);
    struct json *rows = json_new_array(d->a);
    for (uint32_t i = 0; i < t->rows->count; i++) {
        struct json *row = json_new_array(d->a);
        for (uint32_t k = 0; k < t->ncolumns; k++)
            dump_cell(d, row, data_cell(t->rows, i, k));
        json_add(rows, NULL, row);
    }
    json_add(o, "rows", rows);
    if (t->empty.n)
        json_add_str(o, "empty", plain(d, &t->empty));
}

static void dump_list(
    struct dump *d, struct json *o, const struct list_doc *list)
{
    struct json *items = json_new_array(d->a);
    for (uint32_t i = 0; i < list->n; i++) {
        struct json *item = json_new_object(d->a);
        json_add_str(item, "label", list->items[i].label);
        add_bodies(d, item, "body", &list->items[i].body);
        json_add(items, NULL, item);
    }
    json_add(o, "items", items);
}

static void dump_code(struct dump *d, struct json *o, const struct block *b)
{
    struct buf text = buf_new(d->a);
    buf_puts(&text, "");
    for (uint32_t i = 0; i < b->nlines; i++) {
        struct slice s = plain(d, &b->lines[i]);
        buf_put(&text, s.s, s.n);
        buf_putc(&text, '\n');
    }
    json_add_str(o, "text", (struct slice){text.s, text.n});
}

static void dump_figure(
    struct dump *d, struct json *o, const struct figure_doc *f)
{
    json_add_str(o, "label", f->label);
    json_add_str(o, "caption", plain(d, &f->caption));
    json_add_str(o, "text", f->alt);
    json_add_str(o, "file", f->figure->file->s);
}

static struct json *dump_block(struct dump *d, const struct block *b)
{
    static const char *const kinds[] = {[BLOCK_PARAGRAPH] = "paragraph",
        [BLOCK_LIST] = "list",
        [BLOCK_TABLE] = "table",
        [BLOCK_FIGURE] = "figure",
        [BLOCK_NOTE] = "note",
        [BLOCK_QUOTE] = "quote",
        [BLOCK_CODE] = "code",
        [BLOCK_PAGE_BREAK] = "page-break",
        [BLOCK_GRID] = "grid"};
    struct json *o = json_new_object(d->a);
    bool text = is_text(b);
    enum block_kind kind = text ? BLOCK_PARAGRAPH : (enum block_kind)b->kind;
    json_add_str(o, "kind", slice_of(kinds[kind]));
    if (b->target)
        json_add_str(o, "id", d->doc->targets[b->target].id);
    switch (kind) {
    case BLOCK_PARAGRAPH:
        json_add_str(o, "text", plain(d, text ? &b->table->empty : &b->text));
        break;
    case BLOCK_LIST:
        dump_list(d, o, b->list);
        break;
    case BLOCK_TABLE:
        dump_table(d, o, b->table);
        break;
    case BLOCK_FIGURE:
        dump_figure(d, o, &d->doc->figures[b->figure]);
        break;
    case BLOCK_NOTE:
    case BLOCK_QUOTE:
        add_bodies(d, o, "body", &b->body);
        break;
    case BLOCK_CODE:
        dump_code(d, o, b);
        break;
    case BLOCK_PAGE_BREAK:
    case BLOCK_GRID:
        break;
    }
    return o;
}

/* As deep as lists may be: by limit `lists`. */
static void add_bodies(struct dump *d, struct json *to, const char *key,
    const struct blocks *blocks)
{
    struct json *body = json_new_array(d->a);
    for (uint32_t i = 0; i < blocks->n; i++)
        json_add(body, NULL, dump_block(d, &blocks->b[i]));
    json_add(to, key, body);
}

/* As deep as sections may be: by limit `headings`. */
static void add_sections(struct dump *d, struct json *to, const char *key,
    const struct section_doc *sections, uint32_t n)
{
    struct json *list = json_new_array(d->a);
    for (uint32_t i = 0; i < n; i++) {
        const struct section_doc *s = &sections[i];
        struct json *o = json_new_object(d->a);
        json_add_str(o, "id", s->id);
        json_add_str(o, "label", s->label);
        json_add_str(o, "title", plain(d, &s->title));
        json_add_str(o, "subtitle", plain(d, &s->subtitle));
        add_bodies(d, o, "body", &s->body);
        add_sections(d, o, "sections", s->sections, s->nsections);
        add_bodies(d, o, "after", &s->after);
        json_add(list, NULL, o);
    }
    json_add(to, key, list);
}

/* Footnotes in order of their marks, where there are some. */
static void add_notes(struct dump *d, struct json *to)
{
    if (d->doc->nnotes < 2)
        return;
    struct json *notes = json_new_array(d->a);
    for (uint32_t i = 1; i < d->doc->nnotes; i++) {
        struct json *o = json_new_object(d->a);
        json_add_int(o, "number", d->doc->notes[i].number);
        json_add_str(o, "text", plain(d, &d->doc->notes[i].text));
        json_add(notes, NULL, o);
    }
    json_add(to, "notes", notes);
}

void dump_model(const struct doc *doc, struct arena *a, struct buf *out)
{
    struct dump d = {a, doc};
    struct json *o = json_new_object(a);
    json_add(o, "report", dump_facts(&d));
    add_bodies(&d, o, "body", &doc->body);
    add_sections(&d, o, "sections", doc->sections, doc->nsections);
    add_sections(&d, o, "annexes", doc->annexes, doc->nannexes);
    add_bodies(&d, o, "after", &doc->after);
    add_notes(&d, o);
    json_write(o, out);
}
