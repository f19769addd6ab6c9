/* CSV and TSV files to rows: what is kept, what is refused and where. */
#include "support_doc.h"

#include <stdlib.h>
#include <string.h>

#define TABLE(file) \
    "body:\n" \
    "  - table:\n" \
    "      columns: [{key: a}, {key: b}]\n" \
    "      rows: {file: " file "}\n"

/* The cells of the first block's table: "a|b" with "/" between rows. */
static const char *print_rows(struct load *l, const struct report *r)
{
    const struct rows *rows = r->body.entries[0].table->rows;
    struct buf out = buf_new(l->a);
    buf_puts(&out, "");
    for (uint32_t i = 0; i < rows->count; i++) {
        for (uint32_t k = 0; k < rows->ncolumns; k++) {
            const struct cell *c = data_cell(rows, i, k);
            assert_int_equal(c->kind, CELL_PLAIN);
            buf_puts(&out, k ? "|" : i ? "/" : "");
            buf_put(&out, c->s, c->n);
        }
    }
    return out.s;
}

static struct report *read_table(
    struct load *l, const char *name, const char *text)
{
    write_file(name, text);
    assert_true(files_root(l->files, "."));
    bool tsv = strcmp(name, "t.tsv") == 0;
    return expand_report(l, tsv ? TABLE("t.tsv") : TABLE("t.csv"));
}

static void test_cells(void **state)
{
    static const char *const CASES[][2] = {
        {"a,b\n1,2\n3,4\n", "1|2/3|4"},
        {"a,b\n1,2\n3,4", "1|2/3|4"},
        {"a,b\r\n1,2\r\n", "1|2"},
        {"\xef\xbb\xbf"
         "a,b\n1,2\n",
            "1|2"},
        {"b,x,a\n2,9,1\n", "1|2"}, /* columns by name, others left out */
        {"a,b\n\n1,2\n\n\n3,4\n\n", "1|2/3|4"},
        {"a,b\n 1 ,  2\t\n", " 1 |  2 "}, /* blanks kept */
        {"a,b\n\" 1 \",\"2,3\"\n", " 1 |2,3"},
        {"a,b\n\"say \"\"so\"\"\",\"\"\n", "say \"so\"|"},
        {"a,b\n\"one\ntwo\",\"three\r\nfour\"\n", "one two|three four"},
        {"a,b,x\n,,1\n", "|"},
        {"a,b,x;y\n1,2,3\n", "1|2"},
        {"a,b\n*1*,[x](y) $(z) \\&amp;\n", "*1*|[x](y) $(z) \\&amp;"},
        {"a,b\n", ""},
        {"\"a\",\"b\"\n\xc3\xa9,\xe2\x80\x9c\n", "\xc3\xa9|\xe2\x80\x9c"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct report *r = read_table(l, "t.csv", CASES[i][0]);
        assert_string_equal(short_messages(l), "");
        assert_string_equal(print_rows(l, r), CASES[i][1]);
    }
}

static void test_tsv(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_table(l, "t.tsv", "a\tb\n1, 2\t\"3\t4\"\n");
    assert_string_equal(short_messages(l), "");
    assert_string_equal(print_rows(l, r), "1, 2|3 4");
}

/* Where each row stands: its first byte, also after quoted line breaks. */
static void test_places(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = read_table(l, "t.csv",
        "\xef\xbb\xbf"
        "a,b\n\n\"1\n\n2\",x\n3,4\r\n5,\"6\"");
    const struct rows *rows = r->body.entries[0].table->rows;
    assert_int_equal(rows->count, 3);
    assert_int_equal(rows->data_count, 3);
    static const uint32_t lines[] = {3, 6, 7};
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t line, col;
        struct slice whole;
        files_locate(l->files, rows->pos[i], &line, &col, &whole);
        assert_int_equal(line, lines[i]);
        assert_int_equal(col, 1);
    }
}

static void test_messages(void **state)
{
    static const struct {
        const char *text, *messages;
    } CASES[] = {
        {"a,b\n1\n2,3\n4,5,6\n",
            "2:1: the row in line 2 has 1 cell, not 2 [ragged-row]\n"
            "4:1: the row in line 4 has 3 cells, not 2 [ragged-row]\n"},
        {"a,b\n1,2\n   \n",
            "3:1: the row in line 3 has 1 cell, not 2 [ragged-row]\n"},
        {"a,b\n,\n1,2\n,\n",
            "2:1: a row with nothing in it [empty-row]\n"
            "4:1: a row with nothing in it [empty-row]\n"},
        {"a;b\n1,5;2\n",
            "1:1: cells are divided by commas here, this file seems to use "
            "';' [bad-header]\n"},
        {"a\tb\n1\t2\n",
            "1:1: cells are divided by commas here, this file seems to use "
            "tabs [bad-header]\n"},
        {"a,b\n1,x\"y\n",
            "2:4: a quote inside a cell that is not in quotes [csv-quote]\n"},
        {"a,b\n1,\"x\"y\n",
            "2:6: text after the quote that closes a cell [csv-quote]\n"},
        {"a,b\n1, \"x\"\n",
            "2:4: a quote inside a cell that is not in quotes [csv-quote]\n"},
        {"a,b\n1,2\n3,\"x\n4,5\n",
            "3:1: a quote that opens in this row is not closed "
            "[csv-quote]\n"},
        {"a,,b\n", "1:1: column 2 of 3 has no name [bad-header]\n"},
        {"a,b,a\n", "1:1: the name 'a' stands twice [bad-header]\n"},
        {"a, b\n",
            "1:1: a blank stands before or after the name ' b' "
            "[bad-header]\n"},
        {"", "1:1: the file is empty [bad-header]\n"},
        {"\n\n", "1:1: the file is empty [bad-header]\n"},
        {"a,b\n1,\xe9t\xe9\n",
            "2:3: the byte 0xE9 is not UTF-8 here [bad-encoding]\n"},
        {"a,b\n1,\xed\xa0\x80\n",
            "2:3: the byte 0xED is not UTF-8 here [bad-encoding]\n"},
        {"a,b\n1,x\x1by\n",
            "2:4: the character U+001B may not stand in text "
            "[bad-character]\n"},
        {"a,b\r1,2\r",
            "1:4: the character U+000D may not stand in text "
            "[bad-character]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        read_table(l, "t.csv", CASES[i].text);
        assert_string_equal(short_messages(l), CASES[i].messages);
        assert_int_equal(diag_status(l->d), 1);
    }
}

static void test_hints(void **state)
{
    static const struct {
        const char *name, *text, *hint;
    } CASES[] = {
        {"t.csv", "a;b\n1;2\n", "save it as CSV with commas, or as .tsv"},
        {"t.csv", "a\tb\n1\t2\n", "give it a name that ends in .tsv"},
        {"t.tsv", "a,b\n1,2\n", "give it a name that ends in .csv"},
        {"t.csv", "a,b\n,\n", "delete the line"},
        {"t.csv", "a,b\n1,\xe9\n", "not as Windows-1252 or Latin-1"},
        {"t.csv",
            "\xff\xfe"
            "a,b\n",
            "this is UTF-16, not UTF-8"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        read_table(l, CASES[i].name, CASES[i].text);
        assert_int_equal(diag_errors(l->d), 1);
        assert_non_null(strstr(messages(l), CASES[i].hint));
    }
}

static void test_unknown_column(void **state)
{
    write_file("t.csv", "a,title,c\n1,2,3\n");
    struct load *l = new_load(*state);
    assert_true(files_root(l->files, "."));
    expand_report(l,
        "body:\n"
        "  - table:\n"
        "      columns: [{key: a}, {key: tilte}]\n"
        "      rows: {file: t.csv}\n");
    const char *text = messages(l);
    assert_int_equal(diag_errors(l->d), 1);
    assert_non_null(strstr(text, "<test>:4:33: error: "));
    assert_non_null(strstr(text, "no column 'tilte' [unknown-column]"));
    assert_non_null(strstr(text, "did you mean 'title'?"));
    assert_non_null(strstr(text, "a, title, c"));
}

static void test_missing_file(void **state)
{
    struct load *l = new_load(*state);
    assert_true(files_root(l->files, "."));
    struct doc *doc = resolve_report(l,
        "body:\n"
        "  - Says [3](#t \"rows\").\n"
        "  - table:\n"
        "      id: t\n"
        "      columns: [{key: a}]\n"
        "      rows: {file: no.csv}\n");
    assert_non_null(strstr(short_messages(l), "[missing-file]"));
    /* No message that only follows from it. */
    assert_int_equal(diag_errors(l->d), 1);
    assert_int_equal(doc->body.b[1].table->rows->count, 0);
}

static void test_limits(void **state)
{
    static const char text[] = "a,b\n1,2\n3,4\n5,6789\n";
    struct load *l = new_load(*state);
    struct limits *limits = ARENA_NEW(*state, struct limits);
    limits_init(limits);
    l->limits = limits;

    limits->rows = 3;
    limits->cells = 6;
    limits->cell = 4;
    struct report *r = read_table(l, "t.csv", text);
    assert_string_equal(print_rows(l, r), "1|2/3|4/5|6789");
    assert_int_equal(diag_errors(l->d), 0);

    limits->rows = 2;
    r = read_table(l, "t.csv", text);
    assert_string_equal(print_rows(l, r), "1|2/3|4");
    assert_string_equal(short_messages(l),
        "4:1: the table has more than 2 rows [limit-rows]\n");
    assert_int_equal(diag_status(l->d), 4);

    limits->rows = 3;
    limits->cells = 5;
    r = read_table(l, "t.csv", text);
    assert_string_equal(print_rows(l, r), "1|2/3|4");
    assert_non_null(strstr(short_messages(l), "[limit-cells]"));

    limits->cells = 6;
    limits->cell = 3;
    /* Whatever the memory held before, the cell is an empty one. */
    enum { MUCH = 1 << 20 };
    struct arena *used = arena_new(ARENA_NEW(*state, struct arena_budget));
    memset(arena_alloc(used, MUCH), 0xff, MUCH);
    arena_reset(used);
    struct load again = *l;
    again.a = used;
    r = read_table(&again, "t.csv", text);
    assert_non_null(
        strstr(short_messages(l), "the cell 'b' has 4 bytes, more than 3"));
    assert_string_equal(print_rows(l, r), "1|2/3|4/5|");
    arena_free(used);
}

/* Much text: cells longer than a block of the arena's, and many rows. */
static void test_long(void **state)
{
    enum { LONG = 60000, ROWS = 5000 };
    struct load *l = new_load(*state);
    struct buf text = buf_new(*state);
    buf_puts(&text, "a,b\n");
    for (int i = 0; i < LONG; i++)
        buf_putc(&text, 'x');
    buf_puts(&text, ",end\n");
    for (int i = 0; i < ROWS; i++)
        buf_printf(&text, "%d,row %d\n", i, i);
    struct report *r = read_table(l, "t.csv", text.s);
    const struct rows *rows = r->body.entries[0].table->rows;
    assert_int_equal(rows->count, ROWS + 1);
    assert_int_equal(data_cell(rows, 0, 0)->n, LONG);
    for (uint32_t i = 0; i < ROWS; i++) {
        const struct cell *c = data_cell(rows, i + 1, 1);
        char want[16];
        int n = snprintf(want, sizeof want, "row %u", i);
        assert_int_equal(c->n, n);
        assert_memory_equal(c->s, want, (size_t)n);
    }
}

static void test_written_rows(void **state)
{
    struct load *l = new_load(*state);
    struct report *r = expand_report(l,
        "body:\n"
        "  - table:\n"
        "      columns: [{key: a}, {key: b}]\n"
        "      rows:\n"
        "        - [one, $(report.status-date)]\n"
        "        - {b: two}\n");
    assert_string_equal(short_messages(l), "");
    const struct rows *rows = r->body.entries[0].table->rows;
    assert_int_equal(rows->count, 2);
    assert_int_equal(rows->data_count, 2);
    assert_int_equal(data_cell(rows, 0, 1)->kind, CELL_TEXT);
    assert_int_equal(data_cell(rows, 0, 1)->text->npieces, 1);
    assert_int_equal(data_cell(rows, 1, 0)->text->s.n, 0);
}

static void test_empty(void **state)
{
    write_file("none.csv", "a,b\n");
    struct load *l = new_load(*state);
    assert_true(files_root(l->files, "."));
    struct report *r = expand_report(l,
        "body:\n"
        "  - table:\n"
        "      columns: [{key: a}, {key: b}]\n"
        "      rows: {file: none.csv}\n"
        "      empty: {b: none}\n"
        "  - table:\n"
        "      columns: [{key: a}, {key: b}]\n"
        "      rows: {file: none.csv}\n"
        "      empty: None.\n");
    assert_string_equal(short_messages(l), "");
    const struct rows *row = r->body.entries[0].table->rows;
    assert_int_equal(row->count, 1);
    assert_int_equal(row->data_count, 0);
    assert_int_equal(data_cell(row, 0, 0)->n, 0);
    assert_int_equal(data_cell(row, 0, 1)->kind, CELL_TEXT);
    assert_int_equal(r->body.entries[1].table->rows->count, 0);
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {TEST(test_cells), TEST(test_tsv),
        TEST(test_places), TEST(test_messages), TEST(test_hints),
        TEST(test_unknown_column), TEST(test_missing_file), TEST(test_limits),
        TEST(test_long), TEST(test_written_rows), TEST(test_empty)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
