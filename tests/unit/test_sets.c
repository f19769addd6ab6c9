/* Data sets: what each kind of file gives, what is refused and where. */
#include "support_doc.h"
#include "support_model.h"

#include "data/sets_int.h"

#include <stdlib.h>
#include <string.h>

/* Load the data sets that the lines under `data:` name. */
static struct sets *load_sets(struct load *l, const char *data)
{
    struct model_options options = {0};
    struct node *root =
        load_string(l, arena_printf(l->a, "%sdata:\n%s", FACTS, data));
    assert_non_null(root);
    assert_true(files_root(l->files, "."));
    struct sets *s = sets_load(l, model_read(l, root, &options));
    sets_check(s);
    return s;
}

/* What a query gives: "1|'a'|-" with "/" between rows; "-" is NULL. */
static const char *select_text(struct sets *s, const char *sql)
{
    struct buf out = buf_new(s->l->a);
    buf_puts(&out, "");
    sqlite3_stmt *stmt = sets_prepare(s, sql);
    while (sets_result(s, sqlite3_step(stmt)) == SQLITE_ROW) {
        buf_puts(&out, out.n ? "/" : "");
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            int type = sqlite3_column_type(stmt, i);
            const char *text = (const char *)sqlite3_column_text(stmt, i);
            const char *quote = type == SQLITE_TEXT ? "'" : "";
            buf_printf(&out, "%s%s%s%s", i ? "|" : "", quote, text ? text : "-",
                quote);
        }
    }
    sets_finish(s, stmt);
    return out.s;
}

/* The rows of the one data set, d, read from a file of that content. */
static const char *rows_of(
    void *state, const char *file, const char *keys, const char *text)
{
    struct load *l = new_load(state);
    write_file(file, text);
    struct sets *s =
        load_sets(l, arena_printf(l->a, "  d: {file: %s%s}\n", file, keys));
    assert_string_equal(short_messages(l), "");
    return select_text(s, "select * from d");
}

/* The messages of it; but for the report's, in short. */
static const char *faults_of(
    void *state, const char *file, const char *keys, const char *text)
{
    struct load *l = new_load(state);
    write_file(file, text);
    load_sets(l, arena_printf(l->a, "  d: {file: %s%s}\n", file, keys));
    return short_messages(l);
}

static void test_csv(void **state)
{
    static const char *const CASES[][4] = {
        {"t.csv", "", "a,b\n1,x\n,\"\"\"y\"\"\"\n", "'1'|'x'/-|'\"y\"'"},
        {"t.csv", "",
            "\xef\xbb\xbf"
            "a,b\r\n\"1\r\n2\",x\r\n",
            "'1\n2'|'x'"},
        {"t.tsv", "", "a\tb\n1,2\t x \n", "'1,2'|' x '"},
        {"t.csv", ", separator: ;", "a;b\n1,5;x\n", "'1,5'|'x'"},
        {"t.csv", ", separator: '|'", "a|b\n1|x\n", "'1'|'x'"},
        {"t.csv", ", separator: tab", "a\tb\n1\tx\n", "'1'|'x'"},
        {"t.csv", "", "a,b\n", ""},
        {"t.csv", "", "a\n1\n\n\"\"\n2", "'1'/-/'2'"},
        {"t.csv", ", types: {a: integer, b: number}",
            "a,b\n12,1.5\n-3,-2e3\n0,0.10\n,1\n",
            "12|1.5/-3|-2000.0/0|0.1/-|1.0"},
        {"t.csv", ", types: {a: integer}",
            "a\n9223372036854775807\n-9223372036854775808\n",
            "9223372036854775807/-9223372036854775808"},
        {"t.csv", ", types: {a: date, b: [yes, no]}",
            "a,b\n2024-02-29,no\n,yes\n", "'2024-02-29'|'no'/-|'yes'"},
        {"t.csv", ", types: {a: markdown, b: text}", "a,b\n*x*,010\n",
            "'*x*'|'010'"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(
            rows_of(*state, CASES[i][0], CASES[i][1], CASES[i][2]),
            CASES[i][3]);
}

/* Names that SQL can have, or those that the report gives. */
static void test_names(void **state)
{
    struct load *l = new_load(*state);
    write_file("t.csv",
        "Work item No.,2024,_id,(x) Y-z,\xd0\x98\xd0\xbc\xd1\x8f\n1,2,3,4,5\n");
    struct sets *s = load_sets(l,
        "  d:\n    file: t.csv\n    key: work_item_no\n"
        "    columns: {name: \"\xd0\x98\xd0\xbc\xd1\x8f\"}\n");
    assert_string_equal(short_messages(l), "");
    assert_string_equal(
        select_text(s, "select work_item_no, _2024, _id, x_y_z, name from d"),
        "'1'|'2'|'3'|'4'|'5'");
}

static void test_name_faults(void **state)
{
    static const char *const CASES[][3] = {
        {"", "No,no.\n1,2\n",
            "1:4: the columns 'No' and 'no.' are both 'no' in SQL "
            "[bad-header]\n"},
        {", columns: {b: a}", "a,b\n1,2\n",
            "1:3: the columns 'a' and 'b' are both 'b' in SQL [bad-header]\n"},
        {"", "a,--\n1,2\n",
            "1:3: the column '--' has no letter or digit for its name in SQL "
            "[bad-header]\n"},
        {"", "a,Rowid\n1,2\n",
            "1:3: the column 'Rowid' would be SQLite's number of a row "
            "[bad-header]\n"},
        {", key: no", "a,b\n1,2\n",
            "4:25: 't.csv' has no column 'no' [unknown-column]\n"},
        {", types: {n: date}", "a,b\n1,2\n",
            "4:28: 't.csv' has no column 'n' [unknown-column]\n"},
        {", columns: {n: A}", "a,b\n1,2\n",
            "4:33: 't.csv' has no column 'A' [unknown-column]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(
            faults_of(*state, "t.csv", CASES[i][0], CASES[i][1]), CASES[i][2]);
}

static void test_value_faults(void **state)
{
    static const char *const CASES[][3] = {
        {"integer", "1.5",
            "2:1: 'a' of 'd' cannot be '1.5': a whole number such as 12 "
            "[bad-data]\n"},
        {"integer", "007",
            "2:1: 'a' of 'd' cannot be '007': a whole number such as 12 "
            "[bad-data]\n"},
        {"integer", "9223372036854775808",
            "2:1: 'a' of 'd' cannot be '9223372036854775808': a whole number "
            "such as 12 [bad-data]\n"},
        {"integer", "+1",
            "2:1: 'a' of 'd' cannot be '+1': a whole number such as 12 "
            "[bad-data]\n"},
        {"integer", "-",
            "2:1: 'a' of 'd' cannot be '-': a whole number such as 12 "
            "[bad-data]\n"},
        {"number", "1.",
            "2:1: 'a' of 'd' cannot be '1.': a number such as 1.5 "
            "[bad-data]\n"},
        {"number", "0x10",
            "2:1: 'a' of 'd' cannot be '0x10': a number such as 1.5 "
            "[bad-data]\n"},
        {"number", "inf",
            "2:1: 'a' of 'd' cannot be 'inf': a number such as 1.5 "
            "[bad-data]\n"},
        {"number", "1e999",
            "2:1: 'a' of 'd' cannot be '1e999': a number such as 1.5 "
            "[bad-data]\n"},
        {"number", "0.1234567890123456789",
            "2:1: 'a' of 'd' cannot keep all digits of "
            "'0.1234567890123456789' [lossy-number]\n"},
        {"date", "2025-02-29",
            "2:1: 'a' of 'd' cannot be '2025-02-29': a date, year-month-day "
            "as in 2025-12-04 [bad-data]\n"},
        {"[x, under study]", "under  study",
            "2:1: 'a' of 'd' cannot be 'under  study': x or under study "
            "[bad-data]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char keys[64], text[64];
        snprintf(keys, sizeof keys, ", types: {a: %s}", CASES[i][0]);
        snprintf(text, sizeof text, "a\n%s\n", CASES[i][1]);
        assert_string_equal(
            faults_of(*state, "t.csv", keys, text), CASES[i][2]);
    }
}

/* Numbers with as many digits as a double keeps are no fault. */
static void test_digits(void **state)
{
    assert_string_equal(rows_of(*state, "t.csv", ", types: {a: number}",
                            "a\n0.1\n123456789012345\n1.7976931348623157e308\n"
                            "0.30000000000000004\n100000000000000000000\n"),
        "0.1/123456789012345.0/1.79769313486232e+308/0.3/1.0e+20");
}

static void test_hints(void **state)
{
    static const char *const CASES[][3] = {
        {", types: {a: date}", "a\n04.12.2025\n", "write 2025-12-04"},
        {", types: {a: date}", "a\n2025-02-30\n", "there is no such day"},
        {", types: {a: number}", "a,b\n\"1,5\",x\n", "write 1.5"},
        {", types: {a: integer}", "a,b\n\"1,500\",x\n",
            "write it without marks between its digits"},
        {", types: {a: integer}", "a\n007\n",
            "without a type it is kept as it is written"},
        {", types: {a: [approved, withdrawn]}", "a\naproved\n",
            "did you mean 'approved'?"},
        {", key: id", "id;name\n1;x\n", "write separator: ';' beside 'file'"},
        {"", "id;name\n1;x\n", "write separator: ';' beside 'file'"},
        {", separator: ;, key: id", "id,name\n1,x\n",
            "change 'separator', or leave it out"},
        {"", "a\n\xe9\n", "not as Windows-1252 or Latin-1"},
        {", key: Work item", "Work item\n1\n",
            "in SQL it is named 'work_item'"},
        {", key: nmae", "id,name\n1,x\n", "did you mean 'name'?"},
        {"", "No.,No\n1,2\n", "name it in the report: columns: {NAME: 'No'}"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        write_file("t.csv", CASES[i][1]);
        load_sets(l, arena_printf(l->a, "  d: {file: t.csv%s}\n", CASES[i][0]));
        const char *all = messages(l);
        if (!strstr(all, CASES[i][2]))
            fail_msg("no hint '%s' in:\n%s", CASES[i][2], all);
    }
}

static void test_keys(void **state)
{
    assert_string_equal(faults_of(*state, "t.csv", ", key: b",
                            "a,b\n1,x\n2,y\n3,x\n4,\n5,x\n6,\n"),
        "4:3: a second row of 'd' with the key 'x' [duplicate-row]\n"
        "5:3: the row has no 'b', which is the key of 'd' [unnamed-row]\n"
        "6:3: a second row of 'd' with the key 'x' [duplicate-row]\n"
        "7:3: the row has no 'b', which is the key of 'd' [unnamed-row]\n");
    struct load *l = new_load(*state);
    load_sets(l, "  d: {file: t.csv, key: b}\n");
    const char *all = messages(l);
    assert_non_null(strstr(all, "t.csv:2:3: note: the first one\n"));
    /* A refused key is not also an empty one. */
    assert_string_equal(
        faults_of(*state, "t.csv", ", key: a, types: {a: integer}",
            "a,b\nx,1\n1,2\n1,3\n"),
        "2:1: 'a' of 'd' cannot be 'x': a whole number such as 12 "
        "[bad-data]\n"
        "4:1: a second row of 'd' with the key '1' [duplicate-row]\n");
}

/* Columns that hold what another data set has. */
static void test_in(void **state)
{
    struct load *l = new_load(*state);
    write_file("q.csv", "id,parent\n1,\n2,1\n3,9\n");
    write_file("t.csv", "a,q\n1,2\n2,\n3,4\n4,02\n");
    struct sets *s = load_sets(l,
        "  d: {file: t.csv, types: {q: {in: q.id}}}\n"
        "  q: {file: q.csv, key: id, types: {id: integer, "
        "parent: {in: q.id}}}\n");
    assert_string_equal(short_messages(l),
        "4:3: 'q' of 'd' cannot be '4': 'q' has no such 'id' "
        "[dangling-value]\n"
        "5:3: 'q' of 'd' cannot be '02': a whole number such as 12 "
        "[bad-data]\n"
        "4:3: 'parent' of 'q' cannot be '9': 'q' has no such 'id' "
        "[dangling-value]\n");
    assert_string_equal(select_text(s, "select q from d"), "2/-/4/-");
}

static void test_in_faults(void **state)
{
    static const char *const CASES[][2] = {
        {"{in: q.id}", "5:36: there is no data set 'q' [unknown-dataset]\n"},
        {"{in: e.no}",
            "5:36: the data set 'e' has no column 'no' [unknown-column]\n"},
        {"{in: e}",
            "5:36: 'in' cannot be 'e': a data set and a column of it "
            "[bad-value]\n"},
        {"{in: e.a.b}",
            "5:36: 'in' cannot be 'e.a.b': a data set and a column of it "
            "[bad-value]\n"},
    };
    write_file("t.csv", "a\n1\n");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        load_sets(l,
            arena_printf(l->a,
                "  e: {file: t.csv}\n"
                "  d: {file: t.csv, types: {a: %s}}\n",
                CASES[i][0]));
        assert_string_equal(short_messages(l), CASES[i][1]);
    }
    /* Columns that are in each other are texts. */
    struct load *l = new_load(*state);
    struct sets *s = load_sets(l,
        "  e: {file: t.csv, types: {a: {in: d.a}}}\n"
        "  d: {file: t.csv, types: {a: {in: e.a}}}\n");
    assert_string_equal(short_messages(l), "");
    assert_string_equal(select_text(s, "select a from d"), "'1'");
}

static void test_yaml(void **state)
{
    static const char *const CASES[][3] = {
        {"", "- {a: 1, b: x}\n- {b: \"\", c: No}\n", "'1'|'x'|-/-|-|'No'"},
        {"", "- a: |\n    one\n    two\n- a:\n", "'one\ntwo\n'/-"},
        {", types: {a: integer}", "- {a: 1}\n- {a: '2'}\n", "1/2"},
        {", key: id, types: {at: date}", "[]\n", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(
            rows_of(*state, "t.yaml", CASES[i][0], CASES[i][1]), CASES[i][2]);
    write_file("more.yaml", "- {a: 2}\n- {a: 3}\n");
    assert_string_equal(rows_of(*state, "t.yaml", "",
                            "- {a: 1}\n- include: more.yaml\n- {a: 4}\n"),
        "'1'/'2'/'3'/'4'");
}

static void test_yaml_faults(void **state)
{
    static const char *const CASES[][3] = {
        {"", "a: 1\n",
            "1:1: the file wants a list of rows, has a mapping "
            "[wrong-type]\n"},
        {"", "- {a: 1}\n- x\n- [1]\n- {}\n",
            "2:3: a row is a mapping, has a text [wrong-type]\n"
            "3:3: a row is a mapping, has a list [wrong-type]\n"
            "4:3: a row with nothing in it [empty-row]\n"},
        {"", "- {a: [1]}\n- {a: {b: 1}}\n",
            "1:7: 'a' of 'd' wants a text, has a list [wrong-type]\n"
            "2:7: 'a' of 'd' wants a text, has a mapping [wrong-type]\n"},
        {", types: {a: date}", "- a: 1\n- a: 2025-01-01\n",
            "1:6: 'a' of 'd' cannot be '1': a date, year-month-day as in "
            "2025-12-04 [bad-data]\n"},
        {", key: a", "- {a: 1}\n- b: 1\n  a: 1\n",
            "2:3: a second row of 'd' with the key '1' [duplicate-row]\n"},
        {"", "- {a: 1}\n- {A: 1}\n",
            "2:4: the columns 'a' and 'A' are both 'a' in SQL "
            "[bad-header]\n"},
        {"", "[]\n", "1:1: no row names a column [bad-header]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(
            faults_of(*state, "t.yaml", CASES[i][0], CASES[i][1]), CASES[i][2]);
}

static void test_json(void **state)
{
    static const char *const CASES[][3] = {
        {"", "[{\"a\": 1, \"b\": null}, {\"b\": true, \"c\": \"\"}]",
            "'1'|-|-/-|'true'|-"},
        {"", " [ { \"a\" : \"x\\n\\u00e9\\\"]\" } ] \n", "'x\n\xc3\xa9\"]'"},
        {"", "\xef\xbb\xbf[{\"a\":-1.5}]", "'-1.5'"},
        {", types: {a: number, b: integer}",
            "[{\"a\": 1.50, \"b\": 12}, {\"a\": 2e3, \"b\": \"7\"}]",
            "1.5|12/2000.0|7"},
        {", types: {a: text}", "[]", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(
            rows_of(*state, "t.json", CASES[i][0], CASES[i][1]), CASES[i][2]);
}

static void test_json_faults(void **state)
{
    static const char *const CASES[][3] = {
        {"", "[{\"a\": 1.10},\n {\"a\": 1e3}, {\"a\": -0}]",
            "1:8: 'a' would lose digits of '1.10' where it is read as a "
            "number [lossy-number]\n"
            "2:8: 'a' would lose digits of '1e3' where it is read as a number "
            "[lossy-number]\n"
            "2:20: 'a' would lose digits of '-0' where it is read as a number "
            "[lossy-number]\n"},
        {"", "[{\"a\": 12345678901234567890}]",
            "1:8: 'a' would lose digits of '12345678901234567890' where it is "
            "read as a number [lossy-number]\n"},
        {"", "[{\"a\": [1]}, 5, {\"a\": {\"b\": [\"]\"]}}]",
            "1:8: 'a' of 'd' wants a text, has a list [wrong-type]\n"
            "1:14: a row is a mapping, has a text [wrong-type]\n"
            "1:23: 'a' of 'd' wants a text, has a mapping [wrong-type]\n"},
        {"", "[{\"a\": \"\\u0007\"}]",
            "1:8: the character U+0007 may not stand in text "
            "[bad-character]\n"},
        {", types: {a: integer}", "[{\"a\": 1.0}]",
            "1:8: 'a' of 'd' cannot be '1.0': a whole number such as 12 "
            "[bad-data]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(
            faults_of(*state, "t.json", CASES[i][0], CASES[i][1]), CASES[i][2]);
}

/* What is no JSON is refused where it ceases to be. */
static void test_json_syntax(void **state)
{
    static const char *const CASES[][2] = {
        {"", "1:1: "},
        {"{\"a\": 1}", "1:1: "},
        {"[{\"a\": 1}", "1:10: "},
        {"[{\"a\": 1},\n]", "2:1: "},
        {"[{\"a\": 1}] x", "1:12: "},
        {"[{\"a\": 1} {\"a\": 2}]", "1:11: "},
        {"[{\"a\": 1,}]", "1:10: "},
        {"[{'a': 1}]", "1:3: "},
        {"[{\"a\": 01}]", "1:8: "},
        {"[\n  // x\n  {\"a\": 1}]", "2:3: "},
        {"[{\"a\": 1, \"a\": 2}]", "1:13: "},
        {"[{\"a\": tru}]", "1:10: "},
        {"[{\"a\": \"x\ny\"}]", "1:"},
        {"[{\"a\": \"\\u0000\"}]", "1:"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *have = faults_of(*state, "t.json", "", CASES[i][0]);
        if (strncmp(have, CASES[i][1], strlen(CASES[i][1])) != 0 ||
            !strstr(have, "this is no JSON: ") ||
            strchr(have, '\n') != have + strlen(have) - 1)
            fail_msg("%s: %s", CASES[i][0], have);
    }
}

/* Make an SQLite file by these statements. */
static void make_database(const char *path, const char *sql)
{
    sqlite3 *db;
    remove(path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    char *error = NULL;
    sqlite3_exec(db, sql, NULL, NULL, &error);
    assert_null(error);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static const char *rows_of_table(
    void *state, struct load **l, const char *keys, const char *sql)
{
    *l = new_load(state);
    make_database("t.sqlite", sql);
    struct sets *s = load_sets(
        *l, arena_printf((*l)->a, "  d: {file: t.sqlite, table: t%s}\n", keys));
    return s->bad ? "" : select_text(s, "select * from d");
}

static void test_sqlite(void **state)
{
    static const char *const CASES[][3] = {
        {"",
            "create table t(a, B text); insert into t values"
            "(1, 'x'), (NULL, ''), (0.1, 'y'), (3.0, 'z');",
            "'1'|'x'/-|-/'0.1'|'y'/'3'|'z'"},
        /* In the order of their numbers, whatever an index would give. */
        {"",
            "create table t(a, b); create index i on t(b, a);"
            "insert into t(rowid, a, b) values (5, 'x', 'a'), (2, 'y', 'b');",
            "'y'|'b'/'x'|'a'"},
        {"",
            "create table t(a primary key, b) without rowid;"
            "insert into t values ('b', 1), ('a', 2);",
            "'a'|'2'/'b'|'1'"},
        {"",
            "create table s(a); insert into s values (1), (2);"
            "create view t as select a * 2 as \"The Double\" from s;",
            "'2'/'4'"},
        {"",
            "create table s(a); insert into s values (1), (3), (2);"
            "create view t as select a from s order by a desc;",
            "'3'/'2'/'1'"},
        {", types: {a: integer, b: number}",
            "create table t(a, b); insert into t values (7, 2.5);", "7|2.5"},
        {"",
            "pragma journal_mode = wal; create table t(a);"
            "insert into t values ('x');",
            "'x'"},
        {"", "create table t(a);", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l;
        const char *rows = rows_of_table(*state, &l, CASES[i][0], CASES[i][1]);
        assert_string_equal(short_messages(l), "");
        assert_string_equal(rows, CASES[i][2]);
    }
}

static void test_sqlite_faults(void **state)
{
    static const char *const CASES[][3] = {
        {"", "create table u(a);",
            "4:30: 't.sqlite' has no table 't' [bad-database]\n"},
        {"", "create table t(a); insert into t values (x'00');",
            "1:1: 'a' of 'd' has bytes, no text [bad-data]\n"},
        {"", "create table t(a); insert into t values ('x'), (char(7));",
            "2:1: the character U+0007 may not stand in text "
            "[bad-character]\n"},
        {"", "create table t(a); insert into t values (cast(x'c3' as text));",
            "1:1: a value of this row is not UTF-8 [bad-encoding]\n"},
        {", types: {a: date}",
            "create table t(a); insert into t values (NULL), ('x');",
            "2:1: 'a' of 'd' cannot be 'x': a date, year-month-day as in "
            "2025-12-04 [bad-data]\n"},
        {"", "create view t as select random() as a;",
            "4:13: 't.sqlite': not authorized to use function: random "
            "[bad-database]\n"},
        {"", "create view t as select date('now') as a;",
            "4:13: 't.sqlite': not authorized to use function: date "
            "[bad-database]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l;
        rows_of_table(*state, &l, CASES[i][0], CASES[i][1]);
        assert_string_equal(short_messages(l), CASES[i][2]);
    }
}

/* Files that are not whole, and one that would run for ever. */
static void test_sqlite_files(void **state)
{
    static const char *const BESIDE[][2] = {
        {"t.sqlite-wal",
            "4:13: 't.sqlite': changes in the -wal file beside it are not in "
            "it yet [unsaved-database]\n"},
        {"t.sqlite-journal",
            "4:13: 't.sqlite': a change of it was not finished: a -journal "
            "file is beside it [unsaved-database]\n"}};
    struct load *l;
    rows_of_table(*state, &l, "", "create table t(a);");
    for (size_t i = 0; i < 2; i++) {
        write_file(BESIDE[i][0], "x");
        l = new_load(*state);
        load_sets(l, "  d: {file: t.sqlite, table: t}\n");
        assert_string_equal(short_messages(l), BESIDE[i][1]);
        write_file(BESIDE[i][0], "");
        l = new_load(*state);
        load_sets(l, "  d: {file: t.sqlite, table: t}\n");
        assert_string_equal(short_messages(l), "");
    }
    write_file("t.sqlite", "SQLite format 3, or so");
    l = new_load(*state);
    load_sets(l, "  d: {file: t.sqlite, table: t}\n");
    assert_string_equal(short_messages(l),
        "4:13: 't.sqlite': this is no SQLite database [bad-database]\n");
    rows_of_table(*state, &l, "",
        "create view t as with recursive r(a) as (select 1 union all "
        "select a from r) select count(*) as a from r;");
    assert_string_equal(short_messages(l),
        "4:13: 't.sqlite': its view takes too long [bad-database]\n");
    make_database("t.sqlite", "create table b(x); create table a(x);");
    l = new_load(*state);
    load_sets(l, "  d: {file: t.sqlite}\n");
    assert_non_null(strstr(messages(l), "hint: its tables: a, b\n"));
}

static void test_model_faults(void **state)
{
    static const char *const CASES[][2] = {
        {"  Data: {file: t.csv}\n",
            "4:3: a data set cannot be named 'Data': small letters, digits "
            "and '_', no digit first [bad-name]\n"},
        {"  row: {file: t.csv}\n",
            "4:3: a data set cannot be named 'row': $(row.…) is something "
            "else [bad-name]\n"},
        {"  sqlite_x: {file: t.csv}\n",
            "4:3: a data set cannot be named 'sqlite_x': such names are "
            "SQLite's own [bad-name]\n"},
        {"  d: {file: t.csv}\n  d_history: {file: t.csv}\n",
            "5:3: a data set cannot be named 'd_history': it is the history "
            "of another [bad-name]\n"},
        {"  d: {file: t.txt}\n",
            "4:13: 't.txt': data sets are read from files of other names "
            "[unknown-data]\n"},
        {"  d: {file: t.csv, table: x}\n",
            "4:27: 'table' is for SQLite files only [conflicting-keys]\n"},
        {"  d: {file: t.yaml, separator: ;}\n",
            "4:32: 'separator' is for CSV files only [conflicting-keys]\n"},
        {"  d: {file: no.csv}\n",
            "4:13: there is no file 'no.csv' "
            "[missing-file]\n"},
        {"  d: {file: t.csv, types: {a: int}}\n",
            "4:31: an item of 'types' cannot be 'int': text, integer, number, "
            "date or markdown [bad-value]\n"},
        {"  d: {file: t.csv, types: {A: date}}\n",
            "4:28: a column cannot be named 'A': small letters, digits and "
            "'_', no digit first [bad-name]\n"},
        {"  d: {file: t.csv, types: {a: []}}\n",
            "4:31: 'types' is an empty list [bad-value]\n"},
        {"  d: {file: t.csv, columns: {b: a, c: a}}\n",
            "4:39: two columns are to be 'a' of the file [bad-value]\n"},
    };
    write_file("t.csv", "a\n1\n");
    write_file("t.txt", "a\n1\n");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        load_sets(l, CASES[i][0]);
        assert_string_equal(short_messages(l), CASES[i][1]);
    }
}

/* Each row and value has its place, also one that an update has put there. */
static void test_places(void **state)
{
    struct load *l = new_load(*state);
    write_file("t.csv", "a,b\n\"1\n,\",\"x\"\n2,y\n");
    struct sets *s = load_sets(l, "  d: {file: t.csv}\n");
    struct set *d = sets_find(s, SLICE("d"));
    assert_int_equal(d->nrows, 2);
    assert_int_equal(sets_pos(s, d, 1).off, 4);
    assert_int_equal(sets_value_pos(s, d, 1, 0).off, 5);
    assert_int_equal(sets_value_pos(s, d, 1, 1).off, 11);
    assert_int_equal(sets_value_pos(s, d, 2, 1).off, 16);
    assert_int_equal(sets_pos(s, d, 3).file, 0);
    struct pos new = {1, 7};
    sets_add_row(s, d, new);
    assert_int_equal(sets_pos(s, d, 3).off, 7);
    for (uint32_t i = 0; i < 1000; i++)
        sets_move_value(s, d, 1 + i % 3, i, (struct pos){1, 100 + i});
    sets_move_value(s, d, 1, 0, (struct pos){1, 9});
    assert_int_equal(sets_value_pos(s, d, 1, 0).off, 9);
    assert_int_equal(sets_value_pos(s, d, 2, 1).off, 101);
    assert_int_equal(sets_value_pos(s, d, 1, 999).off, 1099);
    assert_int_equal(sets_value_pos(s, d, 2, 999).file, 2);
}

/* A value for a column, as an update gives it. */
static void test_value(void **state)
{
    struct load *l = new_load(*state);
    write_file("t.csv", "a,b\n1,x\n");
    struct sets *s =
        load_sets(l, "  d: {file: t.csv, types: {a: integer, b: [x, y]}}\n");
    const struct set *d = sets_find(s, SLICE("d"));
    const struct set_column *a = sets_column(d, SLICE("a"));
    const struct set_column *b = sets_column(d, SLICE("b"));
    struct set_value v;
    struct pos at = {1, 0};
    assert_null(sets_column(d, SLICE("c")));
    assert_null(sets_find(s, SLICE("e")));
    assert_true(sets_value(s, d, a, SLICE("-5"), at, &v));
    assert_int_equal(v.storage, SET_INTEGER);
    assert_int_equal(v.i, -5);
    assert_true(sets_value(s, d, a, SLICE(""), at, &v));
    assert_int_equal(v.storage, SET_NULL);
    assert_true(sets_value(s, d, b, SLICE("y"), at, &v));
    assert_int_equal(v.storage, SET_TEXT);
    assert_false(sets_value(s, d, b, SLICE("z"), at, &v));
    assert_string_equal(short_messages(l),
        "1:1: 'b' of 'd' cannot be 'z': x or y [bad-data]\n");
}

static void test_limits(void **state)
{
    struct limits limits;
    limits_init(&limits);
    limits.rows = 2;
    limits.cell = 4;
    limits.data_columns = 2;
    static const char *const CASES[][3] = {
        {"t.csv", "a\n1\n2\n3\n4\n",
            "4:1: the data set has more than 2 rows [limit-rows]\n"},
        {"t.csv", "a,b\n1,12345\n",
            "2:3: the cell 'b' has 5 bytes, more than 4 [limit-cell]\n"},
        {"t.csv", "a,b,c\n",
            "1:5: the data set has 3 columns, more than 2 [limit-columns]\n"},
        {"t.yaml", "- {a: 1}\n- {b: 1, c: 2, d: 3}\n",
            "2:10: the data set has 3 columns, more than 2 "
            "[limit-columns]\n"},
        {"t.json", "[{\"a\":1},\n{\"a\":2},\n{\"a\":3}]",
            "3:1: the data set has more than 2 rows [limit-rows]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        l->limits = &limits;
        write_file(CASES[i][0], CASES[i][1]);
        load_sets(l, arena_printf(l->a, "  d: {file: %s}\n", CASES[i][0]));
        assert_string_equal(short_messages(l), CASES[i][2]);
    }
}

int main(void)
{
#define T(name) \
    cmocka_unit_test_setup_teardown(name, set_up_folder, tear_down_folder)
    const struct CMUnitTest tests[] = {T(test_csv), T(test_names),
        T(test_name_faults), T(test_value_faults), T(test_digits),
        T(test_hints), T(test_keys), T(test_in), T(test_in_faults),
        T(test_yaml), T(test_yaml_faults), T(test_json), T(test_json_faults),
        T(test_json_syntax), T(test_sqlite), T(test_sqlite_faults),
        T(test_sqlite_files), T(test_model_faults), T(test_places),
        T(test_value), T(test_limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
