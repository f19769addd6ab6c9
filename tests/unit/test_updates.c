/* Tests of update files applied to data sets. */
#include "support_model.h"

#include "data/updates_int.h"

#include <string.h>

static struct arena *a;
static struct load *l;
static struct sets *s;

static int set_up(void **state)
{
    if (set_up_folder(state) != 0)
        return -1;
    a = *state;
    l = new_load(a);
    write_file("items.csv",
        "id,status,position,title\n"
        "a,open,1,First\n"
        "b,done,2,\n"
        "c,open,,Third\n");
    write_file("groups.csv", "number,name\n1,One\n2,Two\n");
    write_file("up/.keep", "");
    return 0;
}

/* Load the data sets as of a date, and bring them up to date. */
static void apply(const char *date)
{
    write_file("report.yaml",
        arena_printf(a,
            "report: {title: T, language: en, status-date: %s}\n"
            "profile: {}\n"
            "data:\n"
            "  items:\n"
            "    file: items.csv\n"
            "    key: id\n"
            "    types: {status: [open, done], position: integer}\n"
            "    updates: up/*.yaml\n"
            "  groups: {file: groups.csv, key: number,\n"
            "    types: {number: integer}, updates: up/*.yaml}\n",
            date));
    struct node *root = load_path_of(l, "report.yaml");
    struct report *r = model_read(l, root, NULL);
    s = sets_load(l, r);
    updates_apply(s, r);
    sets_check(s);
}

/* The result of a query: cells divided by ',', rows by '|'. */
static const char *query(const char *sql)
{
    struct buf b = buf_new(a);
    buf_puts(&b, "");
    sqlite3_stmt *stmt = sets_prepare(s, sql);
    for (int n = 0; sqlite3_step(stmt) == SQLITE_ROW; n++) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const void *cell = sqlite3_column_text(stmt, i);
            const char *text = cell;
            buf_printf(&b, "%s%s", i ? "," : n ? "|" : "", text ? text : "-");
        }
    }
    sqlite3_finalize(stmt);
    return b.s;
}

static const char *items(void)
{
    return query("select * from items order by rowid");
}

/* The line of a place, as "file:line:column". */
static const char *place(struct pos at)
{
    uint32_t line, column;
    if (!at.file)
        return "nowhere";
    files_locate(l->files, at, &line, &column, NULL);
    return arena_printf(a, "%s:%u:%u", files_at(l->files, at.file)->path,
        (unsigned)line, (unsigned)column);
}

static void without_files_all_is_as_it_was(void **state)
{
    (void)state;
    apply("2025-12-31");
    assert_messages(l, "");
    assert_string_equal(items(), "a,open,1,First|b,done,2,-|c,open,-,Third");
    assert_string_equal(query("select count(*) from items_history"), "0");
}

static void rows_are_added_changed_and_removed(void **state)
{
    (void)state;
    write_file("up/1.yaml",
        "- date: 2025-12-01\n"
        "  source: Meeting\n"
        "  dataset: items\n"
        "  add:\n"
        "    - {id: d, status: open, position: 07}\n"
        "    - {title: Fifth, id: e}\n"
        "  set:\n"
        "    a: {status: done, title: {from: First, to: Primus}}\n"
        "    c: {title: }\n"
        "  remove: [b]\n");
    apply("2025-12-31");
    assert_string_equal(short_messages(l),
        "5:39: 'position' of 'items' cannot be '07': a whole number such as 12 "
        "[bad-data]\n");
    assert_string_equal(
        items(), "a,done,1,Primus|c,open,-,-|d,open,-,-|e,-,-,Fifth");
}

static void they_come_in_order_of_date_name_and_place(void **state)
{
    (void)state;
    write_file("up/b.yaml",
        "- {date: 2025-12-02, dataset: items, set: {a: {title: 3}}}\n"
        "- {date: 2025-12-01, dataset: items, set: {a: {title: 1}}}\n"
        "- {date: 2025-12-02, dataset: items, set: {a: {title: 4}}}\n");
    write_file("up/a.yaml",
        "{date: 2025-12-02, dataset: items, set: {a: {title: 2}}}\n");
    apply("2025-12-31");
    assert_messages(l, "");
    assert_string_equal(
        query("select \"date\", \"old\", \"new\" from items_history"),
        "2025-12-01,First,1|2025-12-02,1,2|2025-12-02,2,3|2025-12-02,3,4");
}

static void the_history_has_all_that_happened(void **state)
{
    (void)state;
    write_file("up/1.yaml",
        "- {date: 2025-12-01, source: S, dataset: items, add: [{id: d, "
        "position: 4}]}\n"
        "- {date: 2025-12-02, dataset: items, set: {d: {position: 5, "
        "title: X}}}\n"
        "- {date: 2025-12-03, source: T, dataset: items, remove: [d]}\n"
        "- {date: 2025-12-03, source: T, dataset: groups, remove: [\"2\"]}\n");
    apply("2025-12-31");
    assert_messages(l, "");
    assert_string_equal(query("select * from items_history"),
        "2025-12-01,d,id,-,d,S|2025-12-01,d,position,-,4,S|"
        "2025-12-02,d,position,4,5,-|2025-12-02,d,title,-,X,-|"
        "2025-12-03,d,position,5,-,T|2025-12-03,d,title,X,-,T|"
        "2025-12-03,d,id,d,-,T");
    assert_string_equal(query("select * from groups_history"),
        "2025-12-03,2,name,Two,-,T|2025-12-03,2,number,2,-,T");
    const struct set *history = sets_find(s, SLICE("items_history"));
    assert_non_null(history);
    assert_int_equal(history->nrows, 7);
    assert_string_equal(place(sets_pos(s, history, 2)), "up/1.yaml:1:73");
    assert_string_equal(place(sets_pos(s, history, 7)), "up/1.yaml:3:58");
}

static void later_ones_are_tried_and_told(void **state)
{
    (void)state;
    write_file("up/1.yaml",
        "- {date: 2025-12-05, dataset: items, add: [{id: d}], set: {a: "
        "{status: {from: done, to: open}}}}\n"
        "- {date: 2025-12-04, dataset: items, set: {a: {status: done}}}\n"
        "- {date: 2026-01-01, dataset: items, set: {d: {title: X}}, remove: "
        "[a]}\n"
        "- {date: 2026-01-02, dataset: items, add: [{id: d}]}\n");
    apply("2025-12-04");
    /* What they would do is known from what those before them would do. */
    const char *said = messages(l);
    assert_non_null(strstr(said,
        "up/1.yaml:1:10: note: 3 updates are later than the status date, and "
        "not applied; the first is of 2025-12-05 [later-updates]\n"));
    assert_non_null(strstr(said,
        "up/1.yaml:4:49: error: items has a row with the key 'd' "
        "[duplicate-row]\n"));
    assert_int_equal(diag_errors(l->d), 1);
    assert_string_equal(items(), "a,done,1,First|b,done,2,-|c,open,-,Third");
    assert_string_equal(
        query("select \"key\", \"new\" from items_history"), "a,done");
    const struct set *set = sets_find(s, SLICE("items"));
    assert_int_equal(set->nrows, 3);
    assert_string_equal(place(sets_value_pos(s, set, 1, 1)), "up/1.yaml:2:56");
}

static void values_have_their_places(void **state)
{
    (void)state;
    write_file("up/1.yaml",
        "- date: 2025-12-01\n"
        "  dataset: items\n"
        "  add:\n"
        "    - id: d\n"
        "      title: Fourth\n"
        "  set:\n"
        "    c:\n"
        "      title:\n"
        "        from: Third\n"
        "        to: New\n");
    apply("2025-12-31");
    assert_messages(l, "");
    const struct set *set = sets_find(s, SLICE("items"));
    assert_string_equal(place(sets_pos(s, set, 4)), "up/1.yaml:4:7");
    assert_string_equal(place(sets_value_pos(s, set, 4, 3)), "up/1.yaml:5:14");
    assert_string_equal(place(sets_value_pos(s, set, 3, 3)), "up/1.yaml:10:13");
    assert_string_equal(place(sets_value_pos(s, set, 3, 0)), "items.csv:4:1");
}

static void a_change_starts_from_what_is_there(void **state)
{
    (void)state;
    write_file("up/1.yaml",
        "- {date: 2025-12-01, dataset: items, set: {a: {position: {from: "
        "1, to: 3}, title: {from: First, to: }}, b: {title: {from: , to: "
        "X}}}}\n"
        "- {date: 2025-12-02, dataset: items, set: {a: {position: {from: 1, "
        "to: 4}}}}\n"
        "- {date: 2025-12-02, dataset: items, set: {b: {status: {from: open, "
        "to: done}}}}\n");
    apply("2025-12-31");
    assert_string_equal(short_messages(l),
        "2:65: 'position' of 'a' is '3' before this update, not '1' "
        "[stale-update]\n"
        "3:63: 'status' of 'b' is 'done' before this update, not 'open' "
        "[stale-update]\n");
}

/* What follows from a fault is not another one. */
static void one_fault_gives_one_message(void **state)
{
    (void)state;
    write_file("up/1.yaml",
        "- {date: 2025-12-01, dataset: items, add: [{id: d, statu: open}]}\n"
        "- {date: 2025-12-02, dataset: items, set: {d: {title: X}}}\n"
        "- {date: 2025-12-02, dataset: items, set: {a: {status: don}}}\n"
        "- {date: 2025-12-03, dataset: items, set: {a: {status: {from: done, "
        "to: open}}}}\n");
    apply("2025-12-31");
    assert_string_equal(short_messages(l),
        "1:52: items has no column 'statu' [unknown-column]\n"
        "3:56: 'status' of 'items' cannot be 'don': open or done "
        "[bad-data]\n");
}

static void a_removed_row_may_come_back(void **state)
{
    (void)state;
    write_file("up/1.yaml",
        "- {date: 2025-12-01, dataset: items, remove: [b]}\n"
        "- {date: 2025-12-02, dataset: items, add: [{id: b, title: Back}]}\n"
        "- {date: 2025-12-03, dataset: items, set: {b: {title: Again}}}\n");
    apply("2025-12-31");
    assert_messages(l, "");
    /* Added rows are the last ones. */
    assert_string_equal(items(), "a,open,1,First|c,open,-,Third|b,-,-,Again");
}

static void aliases_stand_for_what_they_name(void **state)
{
    (void)state;
    write_file("up/1.yaml",
        "- {date: 2025-12-01, dataset: items, set: {a: &x {title: T}, c: "
        "*x}}\n");
    apply("2025-12-31");
    assert_messages(l, "");
    assert_string_equal(items(), "a,open,1,T|b,done,2,-|c,open,-,T");
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down_folder)
    const struct CMUnitTest tests[] = {TEST(without_files_all_is_as_it_was),
        TEST(rows_are_added_changed_and_removed),
        TEST(they_come_in_order_of_date_name_and_place),
        TEST(the_history_has_all_that_happened),
        TEST(later_ones_are_tried_and_told), TEST(values_have_their_places),
        TEST(a_change_starts_from_what_is_there),
        TEST(one_fault_gives_one_message), TEST(a_removed_row_may_come_back),
        TEST(aliases_stand_for_what_they_name)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
