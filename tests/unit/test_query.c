/* Queries: what they say, in what order, from where, and what they may not. */
#include "support_doc.h"
#include "support_model.h"

#include "data/expand_int.h"

#include <stdlib.h>
#include <string.h>

static const char ITEMS[] = "id,name,at,place,note\n"
                            "a,Y.10,2025-10-01,3,\n"
                            "b,Y.9,2025-09-01,10,*x*\n"
                            "c,,,1,\n";

/* A report over the items, and what else stands in it. */
static struct expand *open_report(struct load *l, const char *yaml)
{
    struct model_options options = {0};
    write_file("items.csv", ITEMS);
    struct node *root = load_string(l,
        arena_printf(l->a,
            "report: {title: T, language: en, status-date: 2025-12-04}\n"
            "profile: {}\n"
            "data: {items: {file: items.csv, "
            "types: {at: date, place: integer, note: markdown}}}\n%s",
            yaml));
    assert_non_null(root);
    assert_true(files_root(l->files, "."));
    return expand_new(l, model_read(l, root, &options));
}

/* A result as text: columns divided by '|', rows by '/', '-' for null. */
static const char *print_result(struct expand *x, const struct result *r)
{
    struct buf out = buf_new(x->l->a);
    buf_puts(&out, "");
    for (uint32_t i = 0; r && i < r->nrows * r->ncolumns; i++) {
        const struct datum *d = &r->data[i];
        struct slice s = expand_print(x, d);
        buf_puts(&out, !i ? "" : i % r->ncolumns ? "|" : "/");
        if (d->value.storage == SET_NULL)
            buf_puts(&out, "-");
        else
            buf_put(&out, s.s, s.n);
    }
    return r ? out.s : "failed";
}

/* What a query gives, of the report's first value. */
static const char *answer(struct load *l, const char *sql)
{
    struct expand *x = open_report(
        l, arena_printf(l->a, "values:\n  v:\n    query: |\n      %s\n", sql));
    return print_result(
        x, query_run(x, &x->r->values[0].query, NULL, QUERY_ANY_ORDER));
}

/* What the shorthand gives: the ids of its rows. */
static const char *ids(struct load *l, const char *shorthand)
{
    struct expand *x = open_report(l,
        arena_printf(l->a,
            "values:\n  place: {query: select max(place) from items}\n"
            "  b: {query: select 'b'}\n  nothing: {query: select null}\n"
            "body:\n  - for-each: {as: x, %s}\n    text: T\n",
            shorthand));
    const struct result *r =
        query_run(x, &x->r->body.entries[0].each->query, NULL, 0);
    struct buf out = buf_new(l->a);
    buf_puts(&out, r ? "" : "failed");
    for (uint32_t i = 0; r && i < r->nrows; i++) {
        const struct datum *d = query_datum(r, i, SLICE("id"));
        buf_put(&out, d->value.s.s, d->value.s.n);
    }
    return out.s;
}

static void test_answers(void **state)
{
    static const char *const CASES[][2] = {
        {"select count(*) from items", "3"},
        {"select id, place from items order by place desc", "b|10/a|3/c|1"},
        {"select name, at from items where id = 'c'", "-|-"},
        {"select 2.5, 3.0, 1e15, 'x' || null", "2.5|3|1e+15|-"},
        {"select at from items where id = 'a'", "01 October 2025"},
        {"select max(at) from items", "2025-10-01"},
        {"select date('now'), current_date, strftime('%Y')",
            "2025-12-04|2025-12-04|2025"},
        {"select datetime(), time('now'), date('NOW', '-4 days')",
            "2025-12-04 00:00:00|00:00:00|2025-11-30"},
        {"select $(report.status-date), $(report.title)", "2025-12-04|T"},
        {"select count(*) from items where at < $(report.status-date)", "2"},
        {"select name from items where name is not null "
         "order by natural(name)",
            "Y.9/Y.10"},
        {"select id from items order by NATURAL ( name ) desc, id", "a/b/c"},
        {"select printf('%03d|%.1f', 7, 2.25), format('%5s', 'x')",
            "007|2.3|    x"},
        {"select upper(id), length(name), instr(name, '.'), "
         "replace(name, 'Y', 'Z'), substr(name, 3), trim(' x ') "
         "from items where name like 'y.1%'",
            "A|4|2|Z.10|10|x"},
        {"with recursive r(n) as (values (1) union all select n + 1 from r "
         "where n < 4) select count(*), max(n) from r",
            "4|4"},
        {"select (select count(*) from items i where i.place <= items.place) "
         "from items order by id",
            "2/3/1"},
        {"select '$$(x)', 'it''s', \"id\" from items where id = 'a'",
            "$(x)|it's|a"},
        {"select 1 /* $(no.value) ' */ -- \" $(none)", "1"},
        {"select 1;", "1"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        assert_string_equal(answer(l, CASES[i][0]), CASES[i][1]);
        assert_string_equal(short_messages(l), "");
    }
}

static void test_shorthand(void **state)
{
    static const char *const CASES[][2] = {{"from: items", "abc"},
        {"from: items, order-by: name", "cab"},
        {"from: items, order-by: natural(name)", "cba"},
        {"from: items, order-by: natural(name) desc", "abc"},
        {"from: items, order-by: [name desc, place]", "bac"},
        {"from: items, order-by: 'note, place desc'", "acb"},
        {"from: items, limit: 2", "ab"}, {"from: items, where: {id: b}", "b"},
        {"from: items, where: {place: 3}", "a"},
        {"from: items, where: {place: $(values.place)}", "b"},
        {"from: items, where: {name: ''}", "c"},
        {"from: items, where: {name: $(values.nothing)}", "c"},
        {"from: items, where: {id: [c, a]}", "ac"},
        {"from: items, where: {name: ['', Y.9]}", "bc"},
        {"from: items, where: {id: [$(values.b), c]}", "bc"},
        {"from: items, where: {name: Y.$(values.place)}", "a"},
        {"from: items, where: {at: $(report.status-date)}", ""},
        {"from: items, where: {id: a, name: Y.9}", ""},
        {"from: items, where: {id: \"' or 1 = 1 --\"}", ""}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        assert_string_equal(ids(l, CASES[i][0]), CASES[i][1]);
        assert_string_equal(short_messages(l), "");
    }
}

/* The same values give the same rows when an index is made half-way. */
static void test_index(void **state)
{
    struct load *l = new_load(*state);
    struct buf csv = buf_new(l->a);
    buf_puts(&csv, "id,of\n");
    for (unsigned i = 0; i < 1000; i++)
        buf_printf(&csv, "%u,%u\n", i, i % 10);
    write_file("many.csv", csv.s);
    struct model_options options = {0};
    struct node *root = load_string(l,
        FACTS "data: {many: {file: many.csv}}\nvalues:\n"
              "  v: {query: select count(*) from many}\n"
              "sections:\n  - for-each: {as: x, query: select distinct of "
              "from many order by of}\n    title: A $(x.of)\n    body:\n"
              "      - table:\n          id: t-$(x.of)\n"
              "          columns: [{key: id, title: A}]\n"
              "          rows: {from: many, where: {of: $(x.of)}}\n");
    assert_true(files_root(l->files, "."));
    struct report *r = model_read(l, root, &options);
    data_expand(l, r);
    assert_string_equal(short_messages(l), "");
    assert_int_equal(r->nsections, 10);
    for (unsigned i = 0; i < 10; i++) {
        const struct rows *rows = r->sections[i].body.entries[0].table->rows;
        assert_int_equal(rows->count, 100);
        for (unsigned k = 0; k < 100; k++)
            assert_int_equal(
                atoi(arena_strndup(l->a, rows->cells[k].s, rows->cells[k].n)),
                10 * k + i);
    }
}

/* Whatever the environment's time zone, and whenever it is asked. */
static void test_clock(void **state)
{
    static const char *const REFUSED[] = {"date('now', 'localtime')",
        "datetime($(report.status-date), 'utc')",
        "time('12:00', '+1 day', 'LocalTime')",
        "strftime('%H', 'now', 'local' || 'time')"};
    setenv("TZ", "Pacific/Kiritimati", 1);
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
        struct load *l = new_load(*state);
        assert_string_equal(
            answer(l, arena_printf(l->a, "select %s", REFUSED[i])), "failed");
        assert_non_null(strstr(
            short_messages(l), "a query knows no time zone [failed-query]"));
    }
    struct load *l = new_load(*state);
    assert_string_equal(
        answer(l, "select date('now'), time('now')"), "2025-12-04|00:00:00");
    unsetenv("TZ");
}

static void test_refused(void **state)
{
    static const char *const CASES[][2] = {
        {"attach 'x' as y",
            "7:7: a query begins with SELECT, not with 'attach' "
            "[forbidden-query]\n"},
        {"select random()",
            "7:14: a query may not use the function 'random' "
            "[forbidden-query]\n"},
        {"select id from items where randomblob(4) is null",
            "7:34: a query may not use the function 'randomblob' "
            "[forbidden-query]\n"},
        {"select load_extension('x')",
            "7:14: a query may not use the function 'load_extension' "
            "[forbidden-query]\n"},
        {"select name from sqlite_master",
            "7:7: a query may not read 'sqlite_master' [forbidden-query]\n"},
        {"select (select count(*) from sqlite_schema)",
            "7:7: a query may not read 'sqlite_schema' [forbidden-query]\n"},
        {"with sqlite_x as (select 1) select count(*) from sqlite_master",
            "7:7: a query may not read 'sqlite_master' [forbidden-query]\n"},
        {"select 1; delete from items",
            "7:17: a second statement in a query [forbidden-query]\n"},
        {"select \"x\"", "7:14: there is no column 'x' [bad-query]\n"},
        {"select ?", "7:14: '?' has no meaning here [bad-query]\n"},
        {"select '$(report.title)'",
            "7:15: a value in quotes would be no value [bad-query]\n"},
        {"select lastname from items order by 1",
            "7:14: there is no column 'lastname' [bad-query]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        assert_string_equal(answer(l, CASES[i][0]), "failed");
        assert_string_equal(short_messages(l), CASES[i][1]);
    }
}

/* What a function gives as rows: SQLite's versions name it, or do not. */
static void test_refused_function(void **state)
{
    struct load *l = new_load(*state);
    const char *query = "select value from json_each('[1]')";
    assert_string_equal(answer(l, query), "failed");
    const char *said = short_messages(l);
    assert_non_null(strstr(said, "7:7: a query may not read "));
    assert_non_null(strstr(said, "[forbidden-query]"));
}

/* A column of text beside a number: said where it is so, and only there. */
static void test_types(void **state)
{
    static const struct {
        const char *condition;
        bool told;
    } CASES[] = {{"name > 5", true}, {"name = -5", true},
        {"items.name <= 5", true}, {"5 < name", true}, {"name <> 5", true},
        {"name between 1 and 2", true}, {"name not in (1, 2)", true},
        {"i.name is 5", true}, {"name > $(values.n)", true},
        {"place > 5", false}, {"name > '5'", false},
        {"cast(name as integer) > 5", false}, {"name + 1 > 5", false},
        {"name * 2 > 5", false}, {"2 * name > 5", false},
        {"length(name) > 5", false}, {"name is null", false},
        {"name in ('1', '2')", false}, {"name > $(values.s)", false},
        {"place > 1 and name = 'x'", false}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct expand *x = open_report(l,
            arena_printf(l->a,
                "values:\n  v: {query: \"select count(*) from items%s where "
                "%s\"}\n  n: {query: select 5}\n  s: {query: \"select '5'\"}\n",
                strstr(CASES[i].condition, "i.") == CASES[i].condition ? " i"
                                                                       : "",
                CASES[i].condition));
        query_run(x, &x->r->values[0].query, NULL, 0);
        bool told = strstr(messages(l), "[untyped-comparison]") != NULL;
        if (told != CASES[i].told || diag_errors(l->d))
            fail_msg("%s: %s", CASES[i].condition, messages(l));
    }
}

static void test_limits(void **state)
{
    static const struct {
        const char *sql, *name;
    } CASES[] = {
        {"with recursive r(n) as (select 1 union all select n + 1 from r) "
         "select count(*) from r",
            "[limit-query-steps]"},
        {"with recursive r(n) as (select 1 union all select n + 1 from r) "
         "select n from r order by n",
            "[limit-query-memory]"},
        {"with recursive r(n, s) as (select 1, 'x' union all select n + 1, "
         "s || s from r where n < 40) select max(s) from r",
            "[limit-cell]"},
        {"with recursive s(n, s) as (select 1, 'xxxxxxxxxxxxxxxx' union all "
         "select n + 1, s || s from s where n < 12), r(n) as (select 1 union "
         "all select n + 1 from r) select count(*) from r where "
         "instr((select s from s where n = 12), (select s || 'y' from s where "
         "n = 10))",
            "[limit-query-steps]"},
        {"select printf('%*d', 1000000000, 1)", "[failed-query]"},
        {"select a.id from items a, items b order by 1", "[limit-rows]"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct limits limits = *l->limits;
        limits.query_steps = 1000000;
        limits.query_memory = 1 << 20;
        limits.rows = 8;
        l->limits = &limits;
        assert_string_equal(answer(l, CASES[i].sql), "failed");
        if (!strstr(short_messages(l), CASES[i].name))
            fail_msg("%s: %s", CASES[i].sql, short_messages(l));
    }
}

/* Where a value comes from is known after a query, too. */
static void test_places(void **state)
{
    static const struct {
        const char *sql;
        unsigned row, column, line;
    } CASES[] = {{"select name from items order by id desc", 2, 0, 2},
        {"select id, name from items order by natural(name)", 1, 1, 3},
        {"select x.name as y, count(*) from items x group by x.id order by 1",
            1, 0, 2}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct expand *x = open_report(l,
            arena_printf(l->a, "values:\n  v:\n    query: %s\n", CASES[i].sql));
        const struct result *r =
            query_run(x, &x->r->values[0].query, NULL, QUERY_ANY_ORDER);
        assert_non_null(r);
        struct pos at =
            files_place(l->files, query_pos(r, CASES[i].row, CASES[i].column));
        uint32_t line, col;
        files_locate(l->files, at, &line, &col, NULL);
        assert_string_equal(files_at(l->files, at.file)->path, "items.csv");
        assert_int_equal(line, CASES[i].line);
        /* A computed value comes from the query itself. */
        at = files_place(l->files, query_pos(r, 0, r->ncolumns - 1));
        files_locate(l->files, at, &line, &col, NULL);
        if (strstr(CASES[i].sql, "count"))
            assert_int_equal(line, 6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_answers, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            test_shorthand, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            test_index, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            test_clock, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            test_refused, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            test_refused_function, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            test_types, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            test_limits, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(
            test_places, set_up_folder, tear_down_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
